import assert from "node:assert/strict";
import { buildThatWouldRun, isBuildNumber } from "../../../provider/run/build";
import { actor, task } from "../support/trackedThings";

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
    for (const number of ["0.1.3", "12.34.567"]) assert.equal(isBuildNumber(number), true);
    for (const tag of [undefined, null, "", "latest", "v0.1.3", "0.1.3-beta", "1"]) {
      assert.equal(isBuildNumber(tag), false);
    }
  });
});
