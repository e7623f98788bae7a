import assert from "node:assert/strict";
import * as surface from "../../provider";

describe("the public surface", () => {
  it("is the two resources and the two functions", () => {
    assert.deepEqual(Object.keys(surface).sort(), [
      "Task",
      "TaskRun",
      "datasetItems",
      "keyValueStoreRecord",
    ]);
  });
});
