import { expect, test } from "vitest";
import { idsFromAddress, idsInAddress } from "./address";

test("ids in an address come back, but for those that are not there", () => {
  const ids = ["01a1fed8-c14b-7320-86cb-10ca3a4fb5ff", "01a1fed8-c14b-7320-86cb-20ca3a4fb5ff"];
  expect(idsFromAddress(idsInAddress(ids), ids)).toEqual(ids);
  expect(idsFromAddress(`${idsInAddress(ids)}.nonsense`, ids.slice(1))).toEqual(ids.slice(1));
  expect(idsFromAddress(undefined, ids)).toEqual([]);
  expect(idsInAddress([])).toBeUndefined();
});
