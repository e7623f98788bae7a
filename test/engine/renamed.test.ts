import assert from "node:assert/strict";
import { recordedRun, succeeds } from "./support/acceptance";
import { startShop, type Shop } from "./support/shop";
import type { Project } from "./support/project";

describe("engine: a TaskRun that was renamed, with an alias", function () {
  this.timeout(180_000);
  let shop: Shop;
  let project: Project;

  beforeEach(async () => {
    shop = await startShop();
    project = await shop.project();
  });

  afterEach(() => shop.close());

  function declare(name: string, args: string): void {
    const opts = '{ aliases: [{ name: "first" }] }';
    project.program(`new apify.TaskRun("${name}", { ${args} }, ${opts});`);
  }

  async function deployAndRename(args: string): Promise<void> {
    project.program(`new apify.TaskRun("first", { ${args} });`);
    await succeeds(project.up());
    declare("renamed", args);
    await succeeds(project.up());
  }

  for (const command of ["destroy", "up"] as const) {
    it(`stops its run when it is deleted by ${command} --refresh`, async () => {
      await deployAndRename('actorTaskId: "janedoe~by-hand", waitSecs: 0');
      project.program("");
      await succeeds(project[command]("--refresh"));
      assert.deepEqual(
        shop.emulator.runs().map(({ status }) => status),
        ["ABORTED"],
      );
    });
  }

  it("keeps its last good data when the rerun fails", async () => {
    const args = 'actorTaskId: "janedoe~scrape", onDelete: "purge", onFailure: "continue"';
    await deployAndRename(args);
    const good = await recordedRun(project, "renamed");
    declare("renamed", `${args}, input: { exitCode: 3 }`);
    await succeeds(project.up());
    assert.equal((await recordedRun(project, "renamed")).status, "FAILED");
    assert.equal(shop.emulator.run(good.id)?.status, "SUCCEEDED");
  });
});
