import assert from "node:assert/strict";
import { plainAxios } from "../../scripts/compare/axiosScripts";
import { cases, noFault } from "../../scripts/compare/faults";
import { play } from "../../scripts/compare/play";
import { pulumiApify } from "../../scripts/compare/pulumiApify";
import { summarise, summaryTable, tableOf } from "../../scripts/compare/report";

describe("scripts: the comparison", () => {
  for (const played of cases) {
    it(`finds one run and its result with this package: ${played.name}`, async () => {
      const result = await play(pulumiApify, played);
      const { started, lost, outcome, hits } = result;
      assert.deepEqual({ started, lost, outcome }, { started: 1, lost: 0, outcome: "SUCCEEDED" });
      assert.equal(hits, played === noFault ? 0 : 1);
    });
  }

  it("sees a second start, and the run that is lost by it", async () => {
    const killed = cases.find(({ story }) => story === "killed and started again");
    assert.ok(killed);
    const result = await play(plainAxios, killed);
    assert.equal(result.doubleStarts, 1);
    assert.equal(result.lost, 1);
    assert.equal(result.right, false);
    assert.match(tableOf([result]), /\| result, \*\*2 runs\*\*, \*\*1 lost\*\* \|$/);
    assert.match(summaryTable(summarise([result])), /\| axios \| 1 +\| 1 +\| 0 of 1 +\|$/);
  });

  it("gives up a contender that waits without end", async () => {
    const stalled = cases.find(({ name }) => name === "start: no answer after the work");
    assert.ok(stalled);
    const { outcome, started, lost } = await play(plainAxios, stalled);
    assert.deepEqual([outcome, started, lost], ["still waiting after an hour", 1, 1]);
  });
});
