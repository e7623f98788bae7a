import assert from "node:assert/strict";
import { LocalWorkspace, type Stack } from "@pulumi/pulumi/automation";
import { mkdirSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join, resolve } from "node:path";
import { startEmulator, type Emulator } from "../../../emulator";
import { pulumiCli } from "../../../scripts/pulumi-cli";
import { temporaryBackend, type Backend } from "../support/project";
import type * as apify from "../../../provider";

const { TaskRun, datasetItems } = createRequire(__filename)("../../../dist") as typeof apify;

/** An Apify whose only account has this token, and whose only task delivers this title. */
function startApify(token: string, title: string): Promise<Emulator> {
  return startEmulator({
    declaration: {
      users: [{ username: "janedoe", token }],
      actors: [
        {
          username: "janedoe",
          name: "shop",
          run: ({ pushData }) => {
            pushData([{ title }]);
            return Promise.resolve();
          },
        },
      ],
      tasks: [{ username: "janedoe", name: "scrape", actor: "janedoe~shop" }],
    },
  });
}

describe("two stacks that one process deploys at the same time, with inline programs", function () {
  this.timeout(400_000);

  let backend: Backend;
  const { PATH } = process.env;
  const apifys: Emulator[] = [];
  before(async () => {
    backend = temporaryBackend();
    const { binFolder } = await pulumiCli();
    process.env.PATH = `${binFolder}${delimiter}${PATH ?? ""}`;
    apifys.push(await startApify("token-a", "from a"), await startApify("token-b", "from b"));
  });
  after(async () => {
    process.env.PATH = PATH;
    await Promise.all(apifys.map((each) => each.close()));
    backend.remove();
  });

  async function openStack(name: string, url: string) {
    const workDir = join(backend.folder, name);
    mkdirSync(workDir);
    symlinkSync(resolve(__dirname, "../../../node_modules"), join(workDir, "node_modules"), "dir");
    const stack = await LocalWorkspace.createStack(
      {
        stackName: "dev",
        projectName: `project-${name}`,
        program: () => {
          const prices = new TaskRun("prices", { actorTaskId: "janedoe~scrape" });
          return Promise.resolve({ items: datasetItems(prices.defaultDatasetId) });
        },
      },
      {
        workDir,
        envVars: {
          HOME: backend.folder,
          PULUMI_HOME: join(backend.folder, "home"),
          PULUMI_BACKEND_URL: `file://${join(backend.folder, "state")}`,
          PULUMI_CONFIG_PASSPHRASE: "",
          PULUMI_SKIP_UPDATE_CHECK: "true",
        },
      },
    );
    await stack.setConfig("apify:token", { value: `token-${name}`, secret: true });
    await stack.setConfig("apify:baseUrl", { value: url });
    return stack;
  }

  it("each run with their own account, and read their own data", async () => {
    const names = ["a", "b"];
    const stacks: Stack[] = [];
    for (const [index, name] of names.entries()) {
      stacks.push(await openStack(name, apifys[index]?.url ?? ""));
    }
    for (const round of [1, 2]) {
      const results = await Promise.all(stacks.map((stack) => stack.up()));
      assert.deepEqual(
        results.map(({ outputs }) => outputs.items?.value as unknown),
        names.map((name) => [{ title: `from ${name}` }]),
        `round ${round}`,
      );
    }
    await Promise.all(stacks.map((stack) => stack.destroy()));
    for (const emulator of apifys) {
      assert.equal(emulator.runs().length, 1);
      assert.ok(emulator.requests.every(({ status }) => status !== 401));
    }
  });
});
