import assert from "node:assert/strict";
import { startEmulator } from "../../emulator";
import { succeeds } from "../engine/support/acceptance";
import {
  createProject,
  temporaryBackend,
  type Backend,
  type Project,
} from "../engine/support/project";
import { browserOfSuite, signIn } from "./support/browser";
import type { Emulator } from "../../emulator";

const token = "jane-token";

describe("a deployment and the pages of the local Apify", () => {
  const browser = browserOfSuite();
  let backend: Backend;
  let project: Project;
  let emulator: Emulator;
  let output: string;

  before(async () => {
    emulator = await startEmulator({
      declaration: {
        users: [{ username: "janedoe", token }],
        actors: [
          {
            username: "janedoe",
            name: "shop",
            builds: [
              { number: "1.0.1", tags: ["latest"] },
              { number: "1.1.1", tags: ["beta"] },
            ],
            run: ({ log, pushData }) => {
              log("INFO Page 1 of 1");
              pushData({ title: "Touring bike" });
              return Promise.resolve();
            },
          },
        ],
        tasks: [{ username: "janedoe", name: "bikes", actor: "janedoe~shop" }],
      },
    });
    backend = temporaryBackend();
    project = await createProject({
      backend,
      environment: {
        APIFY_API_BASE_URL: emulator.url,
        APIFY_CONSOLE_URL: emulator.url,
        APIFY_TOKEN: token,
      },
    });
    project.program(`
      const bikes = new apify.TaskRun("bikes", { actorTaskId: "~bikes", trackBuild: true });
      exports.run = bikes.consoleUrl;
      exports.dataset = bikes.datasetConsoleUrl;`);
    output = await succeeds(project.up());
  });
  after(async () => {
    project.killAll();
    await emulator.close();
    backend.remove();
  });

  it("prints links that show the run, its log and its data", async () => {
    const links = [...new Set(output.match(/http:\/\/127\.0\.0\.1:[^\s"]+/g))];
    assert.ok(links.length >= 2, output);
    const page = await browser.open(emulator.url);
    for (const link of links) {
      const response = await page.goto(link);
      assert.equal(response?.status(), 200, link);
      await page.getByText("Touring bike").first().waitFor();
    }
    await page.goto(links.find((link) => link.includes("/runs/")) ?? "");
    await page.getByText("INFO Page 1 of 1").waitFor();
  });

  it("previews a rerun after a tag was moved on a page, and names both builds", async () => {
    const page = await browser.open(emulator.url);
    await signIn(page, token);
    await page.goto("/actors/tasks/janedoe~bikes");
    await page.getByLabel("Move tag").fill("latest");
    await page.getByLabel("to build").selectOption("1.1.1");
    await page.getByRole("button", { name: "Move tag" }).click();
    await page.getByRole("row", { name: /^1\.1\.1 .*latest/ }).waitFor();
    const preview = await succeeds(project.run(["preview", "--diff"]));
    assert.match(preview, /trackedBuild: "1\.0\.1" => "1\.1\.1"/);
    await succeeds(project.up());
    assert.deepEqual(
      emulator.runs().map(({ buildNumber }) => buildNumber),
      ["1.0.1", "1.1.1"],
    );
    await succeeds(project.up("--expect-no-changes"));
    await succeeds(project.destroy());
    assert.deepEqual(emulator.liveRuns(), []);
  });
});
