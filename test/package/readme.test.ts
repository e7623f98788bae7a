import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { loadDeclaration, startEmulator, type Declaration, type Emulator } from "../../emulator";
import { pulumiCli } from "../../scripts/pulumi-cli";
import { copyCheckout, root, script } from "./support/checkout";

/** The fence behind `<!-- KIND: NAME -->` of a page of this repository. */
function blockOf(page: string, marker: string): string {
  const pattern = new RegExp(`<!-- ${marker} -->\\n+\`\`\`\\w+\\n([^]*?)\`\`\``);
  const [, block] = pattern.exec(readFileSync(join(root, page), "utf8")) ?? [];
  assert.ok(block !== undefined, `${page} has no block "${marker}"`);
  return block;
}

/** The account that README's quickstart tells of. */
const janedoes: Declaration = {
  users: [{ username: "janedoe", token: "jane-token" }],
  actors: [
    {
      username: "janedoe",
      name: "scraper",
      run: ({ pushData, input }) => {
        pushData({ startUrls: input.startUrls });
        return Promise.resolve();
      },
    },
  ],
  tasks: [{ username: "janedoe", name: "price-scraper", actor: "janedoe~scraper" }],
};

describe("the READMEs, followed word for word in a fresh checkout", function () {
  this.timeout(600_000);
  let folder: string;
  let emulator: Emulator | undefined;
  let environment: Readonly<Record<string, string>>;

  before(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "pulumi-apify-readme-")));
    copyCheckout(join(folder, "pulumi-apify"));
    for (const name of ["my-project", "state"]) mkdirSync(join(folder, name));
    const { binFolder } = await pulumiCli();
    environment = {
      PATH: `${binFolder}${delimiter}${process.env.PATH ?? ""}`,
      PULUMI_HOME: join(folder, "home"),
      PULUMI_SKIP_UPDATE_CHECK: "true",
      npm_config_prefer_offline: "true",
    };
    await script(folder, blockOf("README.md", "commands: install"), environment);
  });

  afterEach(() => emulator?.close());

  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** A local Apify for one test. */
  async function startApify(declaration: Declaration): Promise<Emulator> {
    emulator = await startEmulator({ declaration });
    return emulator;
  }

  it("install the package in an empty project, where the quickstart then runs", async () => {
    const apify = await startApify(janedoes);
    const project = join(folder, "my-project");
    const write = (name: string, text: string): void => {
      writeFileSync(join(project, name), text);
    };
    write("index.ts", blockOf("README.md", "program: quickstart"));
    write("Pulumi.yaml", "name: my-project\nruntime: nodejs\n");
    const shown = await script(
      project,
      "pulumi stack init dev\npulumi up --yes --skip-preview\npulumi stack output --json",
      {
        ...environment,
        PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
        PULUMI_CONFIG_PASSPHRASE: "",
        APIFY_API_BASE_URL: apify.url,
        APIFY_TOKEN: "jane-token",
      },
    );
    const outputs = JSON.parse(shown.slice(shown.lastIndexOf("\n{\n"))) as Record<string, unknown>;
    const run = apify.run(String(outputs.runId));
    assert.equal(run?.status, "SUCCEEDED");
    assert.deepEqual(outputs, {
      runId: run.id,
      status: "SUCCEEDED",
      datasetId: run.defaultDatasetId,
      firstItems: [{ startUrls: [{ url: "https://example.com" }] }],
    });
  });

  it("deploy an example against the local Apify and destroy it, without anything to install", async () => {
    const apify = await startApify(loadDeclaration(join(root, "examples/actors.json")));
    const commands = blockOf("examples/README.md", "commands: local");
    assert.match(commands, /http:\/\/127\.0\.0\.1:8765$/m);
    await script(
      join(folder, "pulumi-apify"),
      commands.replace("http://127.0.0.1:8765", apify.url),
      environment,
    );
    const statuses = apify.runs().map(({ status }) => status);
    assert.deepEqual(statuses, ["SUCCEEDED"]);
  });
});
