import assert from "node:assert/strict";
import { createInterruption } from "../../../provider/native/interruption";

describe("a cancelled deployment", () => {
  it("ends the operations in progress, and those that begin later", () => {
    const { beginOperation, stop } = createInterruption();
    const { signal } = beginOperation();
    assert.equal(signal.aborted, false);
    stop();
    assert.equal(signal.aborted, true);
    assert.equal(beginOperation().signal.aborted, true);
  });
});
