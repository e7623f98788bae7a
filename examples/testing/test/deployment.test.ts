import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { LocalWorkspace, type Stack } from "@pulumi/pulumi/automation";
import { startEmulator, type ActorContext, type Emulator } from "pulumi-apify/emulator";

describe("the deployment", function () {
  this.timeout(300_000);
  let apify: Emulator;
  let stack: Stack;
  const state = mkdtempSync(join(tmpdir(), "state-"));

  before(async () => {
    apify = await startEmulator({
      declaration: {
        users: [{ username: "janedoe", token: "test-token" }],
        actors: [{ username: "janedoe", name: "scraper", run: scraper }],
        tasks: [{ username: "janedoe", name: "price-scraper", actor: "janedoe~scraper" }],
      },
    });
    stack = await LocalWorkspace.createStack(
      { stackName: "test", workDir: dirname(__dirname) },
      {
        envVars: {
          APIFY_API_BASE_URL: apify.url,
          APIFY_TOKEN: "test-token",
          PULUMI_BACKEND_URL: `file://${state}`,
          PULUMI_CONFIG_PASSPHRASE: "",
        },
      },
    );
  });

  after(async () => {
    // Also removes the stack's settings, Pulumi.test.yaml.
    await stack.workspace.removeStack("test", { force: true });
    await apify.close();
    rmSync(state, { recursive: true });
  });

  it("runs the task with the configured shop, and finds the cheapest product", async () => {
    const { outputs } = await stack.up();
    assert.equal(outputs.cheapest?.value, "Toaster");

    const [run] = apify.runs();
    assert.equal(run?.status, "SUCCEEDED");
    assert.deepEqual(apify.record(run.defaultKeyValueStoreId, "INPUT"), { shop: "shop.example" });
    assert.equal(apify.dataset(run.defaultDatasetId).length, 2);
  });

  it("runs nothing while nothing changes, and once more for another shop", async () => {
    await stack.up();
    assert.equal(apify.runs().length, 1);

    await stack.setConfig("shop", { value: "other.example" });
    await stack.up();
    assert.equal(apify.runs().length, 2);
  });

  it("leaves no run going when it is destroyed", async () => {
    await stack.destroy();
    assert.deepEqual(apify.liveRuns(), []);
  });
});

/** Takes the place of the real Actor. */
function scraper({ pushData }: ActorContext): Promise<void> {
  pushData([
    { name: "Kettle", priceUsd: 24.9 },
    { name: "Toaster", priceUsd: 19.5 },
  ]);
  return Promise.resolve();
}
