import assert from "node:assert/strict";
import { taskSchema } from "../../../provider/apify/schemas/task";

describe("the schema of a task", () => {
  const least = { id: "t1", userId: "u1", actId: "a1", name: "my-task" };

  it("reads a task that has only what is required", () => {
    assert.deepEqual(taskSchema.parse(least), least);
  });

  it("reads a task whose other fields are null", () => {
    const task = { ...least, username: null, modifiedAt: null, options: null, input: null };
    assert.deepEqual(taskSchema.parse(task), task);
  });

  it("reads options and input, unknown fields included", () => {
    const options = { build: "latest", timeoutSecs: 60, memoryMbytes: null, newOption: 1 };
    for (const input of [{ startUrls: ["x"] }, [1]]) {
      const task = { ...least, options, input, title: "My task" };
      assert.deepEqual(taskSchema.parse(task), task);
    }
  });

  for (const field of Object.keys(least)) {
    it(`insists on ${field}`, () => {
      assert.equal(taskSchema.safeParse({ ...least, [field]: null }).success, false);
    });
  }
});
