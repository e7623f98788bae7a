import assert from "node:assert/strict";
import { axiosScript, pulumiApify } from "../../scripts/compare/candidates";
import { cases, noFault } from "../../scripts/compare/cases";
import { summarise, summaryTable, tableOf } from "../../scripts/compare/report";
import { runCase } from "../../scripts/compare/runCase";

describe("scripts: the comparison", () => {
  for (const tested of cases) {
    it(`finds one run and its result with this package: ${tested.name}`, async () => {
      const result = await runCase(pulumiApify, tested);
      const { started, lost, outcome, hits } = result;
      assert.deepEqual({ started, lost, outcome }, { started: 1, lost: 0, outcome: "SUCCEEDED" });
      assert.equal(hits, tested === noFault ? 0 : 1);
    });
  }

  it("counts a second start, and the run that it loses", async () => {
    const killed = cases.find(({ process }) => process === "is killed and started again");
    assert.ok(killed);
    const result = await runCase(axiosScript, killed);
    assert.equal(result.doubleStarts, 1);
    assert.equal(result.lost, 1);
    assert.equal(result.right, false);
    assert.match(tableOf([result]), /\| result, \*\*2 runs\*\*, \*\*1 lost\*\* \|$/);
    assert.match(summaryTable(summarise([result])), /\| axios \| 1 +\| 1 +\| 0 of 1 +\|$/);
  });

  it("stops a candidate that waits forever", async () => {
    const stalled = cases.find(({ name }) => name === "start: no answer after the work");
    assert.ok(stalled);
    const { outcome, started, lost } = await runCase(axiosScript, stalled);
    assert.deepEqual([outcome, started, lost], ["still waiting after an hour", 1, 1]);
  });
});
