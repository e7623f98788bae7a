import assert from "node:assert/strict";
import { mochaCounts, onePassed, verdict } from "../../scripts/testing/counts";
import { checks, runSteps } from "../../scripts/testing/steps";
import type { Step } from "../../scripts/testing/steps";

describe("a mocha run", () => {
  const reported = (passed: number, failed: number) => `${JSON.stringify({ passed, failed })}\n`;

  it("counts its tests", () => {
    assert.deepEqual(mochaCounts(0, reported(12, 0)), { passed: 12, failed: 0 });
    assert.deepEqual(mochaCounts(2, reported(10, 2)), { passed: 10, failed: 2 });
  });

  it("counts as a failure if it crashed before it reported", () => {
    assert.deepEqual(mochaCounts(1, ""), { passed: 0, failed: 1 });
    assert.deepEqual(mochaCounts(0, ""), { passed: 0, failed: 1 });
  });

  it("counts as a failure if it ran no test", () => {
    assert.deepEqual(mochaCounts(0, reported(0, 0)), { passed: 0, failed: 1 });
  });

  it("counts an error outside of its tests as a failure", () => {
    assert.deepEqual(mochaCounts(7, reported(5, 0)), { passed: 5, failed: 1 });
  });
});

describe("the steps of a test run", () => {
  it("all run, even after one failed", async () => {
    const ran: string[] = [];
    const passing: Step = {
      name: "passing",
      run() {
        ran.push("passing");
        return Promise.resolve(onePassed);
      },
    };
    const breaking: Step = {
      name: "breaking",
      run() {
        ran.push("breaking");
        return Promise.reject(new Error("the tool is missing"));
      },
    };
    const lines: string[] = [];
    const counts = await runSteps([breaking, passing], (line) => lines.push(line));
    assert.deepEqual(ran, ["breaking", "passing"]);
    assert.equal(verdict(counts), "1 passed, 1 failed");
    assert.ok(lines.includes("the tool is missing"));
    assert.equal(lines.at(-1), "\nFailed steps:\n  breaking: 1 failed");
  });

  it("counts each check of a step, in whatever order they end", async () => {
    const tsc = (...args: string[]) => ({ package: "typescript", program: "tsc", args });
    const step = checks("checks", {
      passing: tsc("--version"),
      failing: tsc("--noSuchOption"),
      "passing too": tsc("--version"),
    });
    assert.equal(verdict(await step.run()), "2 passed, 1 failed");
  });
});
