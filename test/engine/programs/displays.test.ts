import assert from "node:assert/strict";
import { expectDestroyed, succeeds } from "../support/acceptance";
import { startShop, type Shop } from "../support/shop";
import type { Project } from "../support/project";

describe("what Pulumi shows of one changed value", function () {
  this.timeout(180_000);

  let shop: Shop;
  let project: Project;
  before(async () => {
    shop = await startShop();
    project = await shop.project();
  });
  after(() => shop.close());

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
    const run = shop.emulator.runs()[0];
    assert.ok(run);
    project.program(program(1));
    shop.emulator.setStatus(run.id, { status: "FAILED" });
    const output = await succeeds(project.refresh("--diff"));
    assert.match(output, /FAILED/, output);
    await expectDestroyed(shop.emulator, project);
  });
});
