import assert from "node:assert/strict";
import { expectDestroyed, expectSettled, fails, recordedRun, succeeds } from "./support/acceptance";
import { startShop, type Shop } from "./support/shop";
import type { Project } from "./support/project";

const tokenOfNobody = "apify_api_TokenOfNobody";
const nowhere = {
  APIFY_TOKEN: tokenOfNobody,
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
    const APIFY_API_BASE_URL = `${shop.emulator.url}/v2`;
    const environment = { ...shop.environment, APIFY_API_BASE_URL, APIFY_CONSOLE_URL };
    const project = await shop.project("shop", environment);
    await expectRunThere(project, {}, APIFY_CONSOLE_URL);
  });

  it("apify:token, apify:baseUrl and apify:consoleUrl win over them", async () => {
    const project = await shop.project("shop", nowhere);
    await succeeds(project.run(["config", "set", "--secret", "apify:token", shop.token]));
    await succeeds(project.run(["config", "set", "apify:baseUrl", `${shop.emulator.url}/v2/`]));
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

  it("a token that is set after the last up counts for a refresh and a destroy that run the program", async () => {
    const project = await shop.project();
    const setToken = (token: string): Promise<string> =>
      succeeds(project.run(["config", "set", "--secret", "apify:token", token]));
    await setToken(shop.token);
    project.program(
      'new apify.TaskRun("prices", { actorTaskId: "janedoe~by-hand", waitSecs: 0 });',
    );
    await succeeds(project.up());

    await setToken(tokenOfNobody);
    await succeeds(project.refresh("--expect-no-changes"));
    const refused = await fails(project.refresh("--run-program"));
    assert.match(refused, /Apify answered 401 .*\n +Check apify:token\. /);
    assert.match(refused, /use the token of the last `pulumi up`\..*add --run-program/);
    assert.ok(!refused.includes("    at "), refused);
    assert.ok(!refused.includes(tokenOfNobody) && !refused.includes(shop.token), refused);

    await setToken(shop.token);
    await succeeds(project.destroy("--run-program"));
    assert.deepEqual(await project.taskRuns(), []);
    assert.deepEqual(shop.emulator.liveRuns(), []);
  });
});
