import assert from "node:assert/strict";
import {
  buildThatWouldRun,
  isBuildNumber,
  taskFingerprint,
} from "../../../../provider/resources/taskRun/readTracked";
import { actor, task } from "../../support/trackedThings";
import type { Task } from "../../../../provider/apify/schemas/task";

describe("the build that would run", () => {
  for (const [what, build, options, defaults, expected] of [
    ["that of the argument", "beta", { build: "latest" }, { build: "latest" }, "beta 0.1.2"],
    ["else that of the task", undefined, { build: "beta" }, { build: "latest" }, "beta 0.1.2"],
    ["else that of the Actor", undefined, { build: null }, { build: "beta" }, "beta 0.1.2"],
    ["else the latest one", undefined, null, null, "latest 0.1.1"],
    ["a number that the task pins", undefined, { build: "0.0.3" }, null, "0.0.3 0.0.3"],
    ["none for a tag that there is not", "nightly", null, null, "nightly none"],
  ] as const) {
    it(`is ${what}`, () => {
      const { tag, number } = buildThatWouldRun(
        build,
        { ...task, options },
        { ...actor, defaultRunOptions: defaults },
      );
      assert.equal(`${tag} ${number ?? "none"}`, expected);
    });
  }

  it("is none of an Actor without tags", () => {
    const bare = { ...actor, taggedBuilds: null };
    assert.equal(buildThatWouldRun("latest", task, bare).number, undefined);
  });

  it("is known for good when it is a number", () => {
    for (const number of ["0.1.3", "12.0.345"]) assert.equal(isBuildNumber(number), true);
    for (const tag of [undefined, null, "", "latest", "v0.1.3", "0.1.3-beta", "1"]) {
      assert.equal(isBuildNumber(tag), false);
    }
  });
});

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
