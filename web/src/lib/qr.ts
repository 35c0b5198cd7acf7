// QR codes (ISO/IEC 18004:2015) for addresses: bytes, error correction L, versions 1 to 15, which hold 520 bytes.

const EC_PER_BLOCK = [7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22];
const BLOCKS = [1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6];

/** Rows of modules, true where dark, without the quiet zone; null when the text is too long. */
export function qr(text: string): boolean[][] | null {
  const bytes = new TextEncoder().encode(text);
  const version =
    BLOCKS.findIndex((_, at) => 4 + lengthBits(at + 1) + 8 * bytes.length <= 8 * dataCodewords(at + 1)) + 1;
  if (version === 0) return null;
  const codewords = interleaved(encoded(bytes, version), version);
  const candidates = Array.from({ length: 8 }, (_, mask) => drawn(codewords, version, mask));
  return candidates.reduce((best, one) => (penalty(one) < penalty(best) ? one : best));
}

const lengthBits = (version: number) => (version < 10 ? 8 : 16);

function rawModules(version: number): number {
  let modules = (16 * version + 128) * version + 64;
  if (version >= 2) {
    const aligned = Math.floor(version / 7) + 2;
    modules -= (25 * aligned - 10) * aligned - 55;
    if (version >= 7) modules -= 36;
  }
  return modules;
}

const at = (list: readonly number[], index: number) => list[index] ?? 0;
const ecOf = (version: number) => at(EC_PER_BLOCK, version - 1);
const blocksOf = (version: number) => at(BLOCKS, version - 1);
const dataCodewords = (version: number) => Math.floor(rawModules(version) / 8) - ecOf(version) * blocksOf(version);

/** Mode, length, bytes, terminator and padding. */
function encoded(bytes: Uint8Array, version: number): number[] {
  const bits: number[] = [];
  const push = (value: number, count: number) => {
    for (let bit = count - 1; bit >= 0; bit--) bits.push((value >>> bit) & 1);
  };
  push(4, 4);
  push(bytes.length, lengthBits(version));
  for (const byte of bytes) push(byte, 8);
  const room = 8 * dataCodewords(version);
  push(0, Math.min(4, room - bits.length));
  push(0, (8 - (bits.length % 8)) % 8);
  for (let pad = 0xec; bits.length < room; pad ^= 0xec ^ 0x11) push(pad, 8);
  return Array.from({ length: bits.length / 8 }, (_, one) =>
    bits.slice(8 * one, 8 * one + 8).reduce((byte, bit) => (byte << 1) | bit, 0),
  );
}

/** Blocks with their error correction, one codeword of each in turn. */
function interleaved(data: readonly number[], version: number): number[] {
  const count = blocksOf(version);
  const ec = ecOf(version);
  const total = Math.floor(rawModules(version) / 8);
  const short = count - (total % count);
  const shortData = Math.floor(total / count) - ec;
  const divisor = generator(ec);
  const blocks: number[][] = [];
  let from = 0;
  for (let block = 0; block < count; block++) {
    const part = data.slice(from, from + shortData + (block < short ? 0 : 1));
    from += part.length;
    blocks.push(part);
  }
  const corrections = blocks.map((part) => remainder(part, divisor));
  const out: number[] = [];
  for (let index = 0; index <= shortData; index++)
    for (const part of blocks) if (index < part.length) out.push(at(part, index));
  for (let index = 0; index < ec; index++) for (const part of corrections) out.push(at(part, index));
  return out;
}

function multiply(x: number, y: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit--) {
    product = (product << 1) ^ ((product >>> 7) * 0x11d);
    product ^= ((y >>> bit) & 1) * x;
  }
  return product & 0xff;
}

function generator(degree: number): number[] {
  const out = [...Array<number>(degree - 1).fill(0), 1];
  let root = 1;
  for (let step = 0; step < degree; step++) {
    for (let index = 0; index < degree; index++)
      out[index] = multiply(at(out, index), root) ^ (index + 1 < degree ? at(out, index + 1) : 0);
    root = multiply(root, 2);
  }
  return out;
}

function remainder(data: readonly number[], divisor: readonly number[]): number[] {
  const out = divisor.map(() => 0);
  for (const byte of data) {
    const factor = byte ^ at(out, 0);
    out.shift();
    out.push(0);
    divisor.forEach((coefficient, index) => (out[index] = at(out, index) ^ multiply(coefficient, factor)));
  }
  return out;
}

function drawn(codewords: readonly number[], version: number, mask: number): boolean[][] {
  const size = 17 + 4 * version;
  const dark = Array.from({ length: size }, () => Array<boolean>(size).fill(false));
  const fixed = Array.from({ length: size }, () => Array<boolean>(size).fill(false));
  const set = (x: number, y: number, on: boolean) => {
    if (x < 0 || y < 0 || x >= size || y >= size) return;
    (dark[y] as boolean[])[x] = on;
    (fixed[y] as boolean[])[x] = true;
  };
  for (let index = 0; index < size; index++) {
    set(6, index, index % 2 === 0);
    set(index, 6, index % 2 === 0);
  }
  for (const [cx, cy] of [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ] as const)
    for (let dy = -4; dy <= 4; dy++)
      for (let dx = -4; dx <= 4; dx++) {
        const far = Math.max(Math.abs(dx), Math.abs(dy));
        set(cx + dx, cy + dy, far !== 2 && far !== 4);
      }
  const places = alignment(version, size);
  const last = places.length - 1;
  places.forEach((cx, i) =>
    places.forEach((cy, j) => {
      if ((i === 0 && j === 0) || (i === 0 && j === last) || (i === last && j === 0)) return;
      for (let dy = -2; dy <= 2; dy++)
        for (let dx = -2; dx <= 2; dx++) set(cx + dx, cy + dy, Math.max(Math.abs(dx), Math.abs(dy)) !== 1);
    }),
  );
  drawFormat(set, size, mask);
  if (version >= 7) drawVersion(set, size, version);
  let bit = 0;
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step++)
      for (let side = 0; side < 2; side++) {
        const x = right - side;
        const y = ((right + 1) & 2) === 0 ? size - 1 - step : step;
        if (fixed[y]?.[x]) continue;
        const on = ((at(codewords, bit >>> 3) >>> (7 - (bit & 7))) & 1) === 1;
        (dark[y] as boolean[])[x] = on !== masked(mask, x, y);
        bit++;
      }
  }
  return dark;
}

function alignment(version: number, size: number): number[] {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = Math.ceil((version * 4 + 4) / (count * 2 - 2)) * 2;
  const places = [6];
  for (let place = size - 7; places.length < count; place -= step) places.splice(1, 0, place);
  return places;
}

type Set = (x: number, y: number, on: boolean) => void;

function drawFormat(set: Set, size: number, mask: number) {
  const data = (1 << 3) | mask; // level L is 01
  let rest = data;
  for (let step = 0; step < 10; step++) rest = (rest << 1) ^ ((rest >>> 9) * 0x537);
  const bits = ((data << 10) | rest) ^ 0x5412;
  const on = (bit: number) => ((bits >>> bit) & 1) === 1;
  for (let bit = 0; bit <= 5; bit++) set(8, bit, on(bit));
  set(8, 7, on(6));
  set(8, 8, on(7));
  set(7, 8, on(8));
  for (let bit = 9; bit < 15; bit++) set(14 - bit, 8, on(bit));
  for (let bit = 0; bit < 8; bit++) set(size - 1 - bit, 8, on(bit));
  for (let bit = 8; bit < 15; bit++) set(8, size - 15 + bit, on(bit));
  set(8, size - 8, true);
}

function drawVersion(set: Set, size: number, version: number) {
  let rest = version;
  for (let step = 0; step < 12; step++) rest = (rest << 1) ^ ((rest >>> 11) * 0x1f25);
  const bits = (version << 12) | rest;
  for (let bit = 0; bit < 18; bit++) {
    const on = ((bits >>> bit) & 1) === 1;
    const far = size - 11 + (bit % 3);
    const near = Math.floor(bit / 3);
    set(far, near, on);
    set(near, far, on);
  }
}

function masked(mask: number, x: number, y: number): boolean {
  const rules = [
    (x + y) % 2,
    y % 2,
    x % 3,
    (x + y) % 3,
    (Math.floor(x / 3) + Math.floor(y / 2)) % 2,
    ((x * y) % 2) + ((x * y) % 3),
    (((x * y) % 2) + ((x * y) % 3)) % 2,
    (((x + y) % 2) + ((x * y) % 3)) % 2,
  ];
  return rules[mask] === 0;
}

/** How hard a camera would find it: runs, squares, false finders, and too much of one colour. */
function penalty(dark: readonly boolean[][]): number {
  const size = dark.length;
  const columns = Array.from({ length: size }, (_, x) => dark.map((row) => row[x] ?? false));
  let sum = 0;
  for (const line of [...dark, ...columns]) {
    const text = line.map(Number).join("");
    for (const run of text.match(/0{5,}|1{5,}/g) ?? []) sum += run.length - 2;
    sum += 40 * (text.match(/(?=10111010000|00001011101)/g)?.length ?? 0);
  }
  for (let y = 0; y + 1 < size; y++)
    for (let x = 0; x + 1 < size; x++) {
      const square = [dark[y]?.[x], dark[y]?.[x + 1], dark[y + 1]?.[x], dark[y + 1]?.[x + 1]];
      if (square.every((one) => one === square[0])) sum += 3;
    }
  const count = dark.flat().filter(Boolean).length;
  return sum + 10 * Math.floor(Math.abs((100 * count) / (size * size) - 50) / 5);
}
