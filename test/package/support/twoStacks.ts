import { delimiter, join } from "node:path";
import { startEmulator, type Emulator } from "../../../emulator";
import { pulumiCli } from "../../../scripts/pulumi-cli";
import { temporaryBackend } from "../../engine/support/project";
import { output } from "./checkout";
import { writeFiles } from "./consumerProjects";

/** A program of the Automation API: each stack has an account, and a folder, of its own. */
const program = `
const { LocalWorkspace } = require("@pulumi/pulumi/automation");
const { mkdirSync } = require("node:fs");
const { join } = require("node:path");
const { TaskRun, datasetItems } = require("pulumi-apify");

async function open({ name, url }) {
  // The dynamic provider runs here, and so must find the package from here.
  const workDir = join(__dirname, name);
  mkdirSync(workDir);
  const stack = await LocalWorkspace.createStack(
    {
      stackName: "dev",
      projectName: "project-" + name,
      program: async () => {
        const prices = new TaskRun("prices", { actorTaskId: "janedoe~scrape" });
        return { items: datasetItems(prices.defaultDatasetId) };
      },
    },
    { workDir },
  );
  await stack.setConfig("apify:token", { value: "token-" + name, secret: true });
  await stack.setConfig("apify:baseUrl", { value: url });
  return stack;
}

async function main() {
  const stacks = [];
  for (const account of JSON.parse(process.argv[2])) stacks.push(await open(account));
  const rounds = [];
  for (const round of [1, 2]) {
    const results = await Promise.all(stacks.map((stack) => stack.up()));
    rounds.push(results.map(({ outputs }) => outputs.items.value));
  }
  await Promise.all(stacks.map((stack) => stack.destroy()));
  console.log(JSON.stringify(rounds));
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
`;

/** What two stacks did that one process deployed at the same time, and once more, and destroyed. */
export interface TwoStacks {
  /** For each deployment the items that each stack read. */
  readonly rounds: readonly unknown[][];
  /** The two Apifys, which are closed, with what they were asked. */
  readonly apifys: readonly Emulator[];
}

/** Deploys two stacks, of the accounts `a` and `b`, from a folder where the package is installed. */
export async function deployTwoStacks(folder: string): Promise<TwoStacks> {
  const names = ["a", "b"];
  const backend = temporaryBackend();
  const apifys = await Promise.all(names.map(startApify));
  try {
    writeFiles(folder, { "stacks.js": program });
    const { binFolder } = await pulumiCli();
    const accounts = apifys.map(({ url }, index) => ({ name: names[index], url }));
    const shown = await output(folder, process.execPath, ["stacks.js", JSON.stringify(accounts)], {
      PATH: [binFolder, process.env.PATH ?? ""].join(delimiter),
      HOME: backend.folder,
      PULUMI_HOME: join(backend.folder, "home"),
      PULUMI_BACKEND_URL: `file://${join(backend.folder, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "",
      PULUMI_SKIP_UPDATE_CHECK: "true",
    });
    return { rounds: JSON.parse(shown) as unknown[][], apifys };
  } finally {
    await Promise.all(apifys.map((each) => each.close()));
    backend.remove();
  }
}

/** An Apify whose only account has the token of this name, and whose only task delivers the name. */
function startApify(name: string): Promise<Emulator> {
  return startEmulator({
    declaration: {
      users: [{ username: "janedoe", token: `token-${name}` }],
      actors: [
        {
          username: "janedoe",
          name: "shop",
          run: ({ pushData }) => {
            pushData([{ title: name }]);
            return Promise.resolve();
          },
        },
      ],
      tasks: [{ username: "janedoe", name: "scrape", actor: "janedoe~shop" }],
    },
  });
}
