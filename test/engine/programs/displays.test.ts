import assert from "node:assert/strict";
import { expectDestroyed, succeeds } from "../support/acceptance";
import { describeEngine } from "../support/describeEngine";

describeEngine("what Pulumi shows of one changed value", { sandboxPer: "suite" }, (sandbox) => {
  const program = (price: number): string => `
    const prices = new apify.TaskRun("prices", {
      actorTaskId: "janedoe~scrape",
      input: { items: [{ price: ${price} }] },
      memoryMbytes: 1024,
      timeoutSecs: 600,
    });
    exports.runId = prices.runId;
    exports.status = prices.status;
    exports.datasetId = prices.defaultDatasetId;
    exports.firstItems = apify.datasetItems(prices.defaultDatasetId, { limit: 10 });`;

  it("are at most 25 lines in a preview with --diff, and the value is among them", async () => {
    const { project } = sandbox;
    project.program(program(1));
    await succeeds(project.up());
    project.program(program(2));
    const output = await succeeds(project.run(["preview", "--diff"]));
    const lines = output.split("\n").filter((line) => line.trim() !== "");
    assert.ok(lines.length <= 25, output);
    assert.match(output, /~ price: 1 => 2/);
    assert.doesNotMatch(output, /__unknownArguments|__urn/);
  });

  it("are named by a refresh, although the run is hidden in the diff", async () => {
    const { emulator, project } = sandbox;
    const run = emulator.runs()[0];
    assert.ok(run);
    project.program(program(1));
    emulator.setStatus(run.id, { status: "FAILED" });
    const output = await succeeds(project.refresh("--diff"));
    assert.match(output, /FAILED/, output);
    await expectDestroyed(emulator, project);
  });
});
