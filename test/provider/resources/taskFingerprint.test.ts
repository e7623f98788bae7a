import assert from "node:assert/strict";
import { taskFingerprint } from "../../../provider/resources/taskFingerprint";
import { task } from "../support/trackedThings";
import type { Task } from "../../../provider/apify/schemas/task";

describe("the fingerprint of a task", () => {
  const whole: Task = { ...task, input: { a: 1, b: 2 }, options: { build: "latest" } };

  it("is short, and the same whatever the order of keys, the name and the title", () => {
    assert.match(taskFingerprint(whole), /^[0-9a-f]{16}$/);
    const same = { ...whole, input: { b: 2, a: 1 }, name: "other", title: "T", modifiedAt: "now" };
    assert.equal(taskFingerprint(same), taskFingerprint(whole));
    const bare = { ...task, input: null, options: null };
    assert.equal(taskFingerprint(bare), taskFingerprint(task));
  });

  it("is for ever what it was: another one would run every tracked task again after an upgrade", () => {
    assert.equal(taskFingerprint(whole), "f38f5a0290bdd836");
    assert.equal(taskFingerprint(task), "eaec21a6a05a60bf");
  });

  for (const patch of [{ actId: "actor2" }, { input: { a: 1 } }, { options: { build: "beta" } }]) {
    it(`is another one with ${JSON.stringify(patch)}`, () => {
      assert.notEqual(taskFingerprint({ ...whole, ...patch }), taskFingerprint(whole));
    });
  }
});
