import assert from "node:assert/strict";
import { containsUnknown } from "../../../provider/resources/unknown";
import { isUnknown, unknown } from "../support/taskRuns";

describe("the search for what is not known yet", () => {
  it("looks at every depth", () => {
    assert.equal(containsUnknown(unknown, isUnknown), true);
    assert.equal(containsUnknown({ a: [{ b: unknown }] }, isUnknown), true);
  });

  it("finds nothing in values that are known", () => {
    for (const value of [undefined, null, 1, "x", [], { a: [{ b: null }] }]) {
      assert.equal(containsUnknown(value, isUnknown), false);
    }
  });
});
