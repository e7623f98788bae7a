import assert from "node:assert/strict";
import { expectDestroyed, expectSettled, recordedRun, succeeds } from "./support/acceptance";
import { startShop, type Shop } from "./support/shop";
import type { Project } from "./support/project";

const nowhere = {
  APIFY_TOKEN: "apify_api_OfNobody",
  APIFY_API_BASE_URL: "http://127.0.0.1:1",
  APIFY_CONSOLE_URL: "http://127.0.0.1:1",
};

describe("engine: configuration", function () {
  this.timeout(180_000);
  let shop: Shop;

  beforeEach(async () => {
    shop = await startShop();
  });

  afterEach(() => shop.close());

  async function expectRunThere(project: Project, args: object, console: string): Promise<void> {
    const all = { actorTaskId: "janedoe~scrape", ...args };
    project.program(`
      const prices = new apify.TaskRun("prices", ${JSON.stringify(all)});
      exports.consoleUrl = prices.consoleUrl;`);
    const output = await succeeds(project.up());
    const { id, actorTaskId } = await recordedRun(project);
    const link = `${console}/actors/tasks/${actorTaskId ?? ""}/runs/${id}`;
    assert.deepEqual(await project.outputs(), { consoleUrl: link });
    assert.ok(output.includes(`Run ${id} started: ${link}`), output);
    assert.equal(shop.emulator.run(id)?.status, "SUCCEEDED");
    await expectSettled(shop.emulator, project);
    await expectDestroyed(shop.emulator, project);
  }

  it("APIFY_TOKEN, APIFY_API_BASE_URL and APIFY_CONSOLE_URL are enough", async () => {
    const APIFY_CONSOLE_URL = "https://console.example";
    const project = await shop.project("shop", { ...shop.environment, APIFY_CONSOLE_URL });
    await expectRunThere(project, {}, APIFY_CONSOLE_URL);
  });

  it("apify:token, apify:baseUrl and apify:consoleUrl win over them", async () => {
    const project = await shop.project("shop", nowhere);
    await succeeds(project.run(["config", "set", "--secret", "apify:token", shop.token]));
    await succeeds(project.run(["config", "set", "apify:baseUrl", shop.emulator.url]));
    await succeeds(project.run(["config", "set", "apify:consoleUrl", "https://console.example/"]));
    await expectRunThere(project, {}, "https://console.example");
  });

  it("an entry of apify:accounts needs nothing of them", async () => {
    const project = await shop.project("shop", { APIFY_API_BASE_URL: "http://127.0.0.1:1" });
    const entry = ["config", "set", "--secret", "--path"];
    await succeeds(project.run([...entry, "apify:accounts.jane.token", shop.token]));
    await succeeds(project.run([...entry, "apify:accounts.jane.baseUrl", shop.emulator.url]));
    await expectRunThere(project, { account: "jane" }, "https://console.apify.com");
  });
});
