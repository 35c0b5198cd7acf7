import { beforeEach, describe, expect, it } from "vitest";
import { Holding } from "./holding";

const free = (epoch: number) => ({ epoch: BigInt(epoch), holder: "", mine: false });
const mine = (epoch: number) => ({ epoch: BigInt(epoch), holder: "", mine: true });
const zoe = (epoch: number) => ({ epoch: BigInt(epoch), holder: "Zoe", mine: false });

describe("holding phones", () => {
  let asked: string[];
  let lost: [string, bigint][];
  let refuse: string | null;
  let told: string[];
  let holding: Holding;
  beforeEach(() => {
    [asked, lost, refuse, told] = [[], [], null, []];
    const lab = {
      take: async (phone: string) => {
        asked.push(`take ${phone}`);
        if (refuse) throw new Error(refuse);
        return { epoch: 5 };
      },
      release: async (phone: string, epoch: number) => {
        asked.push(`release ${phone} ${epoch}`);
      },
    };
    holding = new Holding(lab, {
      changed: () => undefined,
      lost: (phone, epoch) => lost.push([phone, epoch]),
      took: (phone) => told.push(`took ${phone}`),
      came: (phone, before) => told.push(`came ${phone} ${before}`),
      passed: (phone, from, to) => told.push(`passed ${phone} ${from} ${to}`),
      words: (error) => (error as Error).message,
    });
  });

  it("takes a phone that nobody holds, once for many that ask", async () => {
    holding.heard("a", free(4));
    const both = await Promise.all([holding.grip("a"), holding.grip("a")]);
    expect(both).toEqual([{ epoch: 5n }, { epoch: 5n }]);
    expect(asked).toEqual(["take a"]);
    expect(holding.grip("a")).toEqual({ epoch: 5n });
    expect(holding.mine).toEqual(["a"]);
  });

  it("asks nobody where somebody is known to hold it, and says who", () => {
    holding.heard("a", zoe(4));
    expect(holding.grip("a")).toEqual({ why: "Zoe holds it" });
    expect(asked).toEqual([]);
  });

  it("says why a phone can't be taken", async () => {
    refuse = "Zoe holds this phone";
    expect(await holding.grip("a")).toEqual({ why: "Zoe holds this phone" });
    expect(holding.mine).toEqual([]);
  });

  it("tells of a phone that was taken away, and never of one that it gave back", async () => {
    await holding.grip("a");
    await holding.grip("b");
    holding.heard("a", zoe(6));
    expect(lost).toEqual([["a", 5n]]);
    await holding.release();
    holding.heard("b", free(6));
    expect(asked).toEqual(["take a", "take b", "release b 5"]);
    expect(lost.length).toBe(1);
  });

  it("lets no message from before bring a lease back", async () => {
    await holding.grip("a");
    holding.heard("a", zoe(6));
    holding.heard("a", mine(5));
    expect(holding.held.get("a")).toEqual(zoe(6));
  });

  it("leaves leases of the same person alone that another page took", async () => {
    holding.heard("a", mine(3));
    await holding.release();
    expect(holding.grip("a")).toEqual({ epoch: 3n });
    await holding.release();
    expect(holding.mine).toEqual([]);
    expect(asked).toEqual([]);
  });

  it("tells who acts here of a phone that another page of theirs took, when it is taken away", () => {
    holding.heard("a", mine(3));
    holding.heard("b", mine(3));
    holding.grip("a");
    for (const phone of ["a", "b"]) holding.heard(phone, zoe(4));
    expect(lost).toEqual([["a", 3n]]);
  });

  it("gives back whatever this person holds where it is named", async () => {
    holding.heard("a", mine(3));
    holding.heard("b", zoe(4));
    await holding.release(["a", "b"]);
    expect(asked).toEqual(["release a 3"]);
    holding.heard("a", free(4));
    expect(lost).toEqual([]);
  });

  it("gives back what it is only just taking", async () => {
    const taking = holding.grip("a");
    await holding.release();
    await taking;
    expect(asked).toEqual(["take a", "release a 5"]);
  });

  it("takes anew what it is only just giving back", async () => {
    await holding.grip("a");
    const leaving = holding.release();
    await Promise.all([leaving, holding.grip("a")]);
    expect(asked).toEqual(["take a", "release a 5", "take a"]);
    expect(holding.mine).toEqual(["a"]);
    await holding.release();
    expect(holding.held.get("a")?.mine).toBe(false);
    await holding.grip("a");
    expect(asked.slice(3)).toEqual(["release a 5", "take a"]);
    expect(lost).toEqual([]);
  });

  it("has in the end what was asked for last, however quickly", async () => {
    const first = holding.grip("a");
    holding.heard("a", mine(5));
    await Promise.all([first, holding.release(), holding.grip("a")]);
    expect(asked).toEqual(["take a", "release a 5", "take a"]);
    expect(holding.mine).toEqual(["a"]);
    await Promise.all([holding.release(), holding.grip("a"), holding.release()]);
    expect(asked.slice(3)).toEqual(["release a 5", "take a", "release a 5"]);
    expect(lost).toEqual([]);
  });

  it("gives nothing back twice", async () => {
    await holding.grip("a");
    await Promise.all([holding.release(), holding.release()]);
    expect(asked).toEqual(["take a", "release a 5"]);
  });

  it("gives back what was handed over to it, as it asked for that", async () => {
    for (const phone of ["a", "b"]) holding.heard(phone, zoe(3));
    holding.asked("a");
    for (const phone of ["a", "b"]) holding.heard(phone, mine(4));
    expect(holding.mine).toEqual(["a"]);
    await holding.release();
    expect(asked).toEqual(["release a 4"]);
  });

  it("tells how each phone came to be this person's, once, in whatever order answer and socket come", async () => {
    holding.heard("a", free(4));
    const taking = holding.grip("a");
    holding.heard("a", mine(5));
    await taking;
    holding.heard("a", mine(5));
    holding.heard("b", zoe(3)); // handed over
    holding.asked("b");
    holding.heard("b", mine(4));
    holding.heard("c", zoe(7)); // broken in: the answer first, or the socket
    holding.came("c", 8);
    holding.heard("c", mine(8));
    holding.heard("d", zoe(7));
    holding.heard("d", mine(8));
    holding.came("d", 8);
    holding.heard("e", mine(2)); // held before this page looked
    expect(told).toEqual(["took a", "came b 3", "came c 7", "came d 7"]);
  });

  it("tells who asked for a phone that it went another way", () => {
    for (const phone of ["a", "b", "c"]) holding.heard(phone, zoe(3));
    holding.asked("a");
    holding.asked("b");
    holding.heard("a", { epoch: 3n, holder: "Zoe", mine: false });
    for (const phone of ["a", "c"]) holding.heard(phone, free(4));
    holding.heard("b", { epoch: 4n, holder: "Bo", mine: false });
    expect(told).toEqual(["passed a Zoe ", "passed b Zoe Bo"]);
  });
});
