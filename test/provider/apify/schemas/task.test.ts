import assert from "node:assert/strict";
import { taskSchema } from "../../../../provider/apify/schemas/task";

describe("the schema of a task", () => {
  const least = { id: "t1" };

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

  it("insists on an id", () => {
    for (const id of [undefined, null, "", 5, "..", "a/b", "a\nb"]) {
      assert.equal(taskSchema.safeParse({ id }).success, false);
    }
  });

  it("drops what is not of its type, and keeps what is around it", () => {
    const odd = {
      ...least,
      userId: 1,
      actId: "a1",
      name: {},
      options: { build: 5, timeoutSecs: "60", memoryMbytes: 512 },
      input: "any",
    };
    assert.deepEqual(JSON.parse(JSON.stringify(taskSchema.parse(odd))), {
      ...least,
      actId: "a1",
      options: { memoryMbytes: 512 },
      input: "any",
    });
  });
});
