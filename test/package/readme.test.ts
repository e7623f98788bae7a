import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { loadDeclaration, startEmulator } from "../../emulator";
import { pulumiCli } from "../../scripts/pulumi-cli";
import { copyCheckout, root, script } from "./support/checkout";
import { startInstalledEmulator } from "./support/installedEmulator";

/** The fence behind `<!-- KIND: NAME -->` of a page of this repository. */
function blockOf(page: string, marker: string): string {
  const pattern = new RegExp(`<!-- ${marker} -->\\n+\`\`\`\\w+\\n([^]*?)\`\`\``);
  const [, block] = pattern.exec(readFileSync(join(root, page), "utf8")) ?? [];
  assert.ok(block !== undefined, `${page} has no block "${marker}"`);
  return block;
}

describe("the READMEs, followed word for word in a fresh checkout", function () {
  this.timeout(600_000);
  let folder: string;
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

  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("install the package in an empty project, where a local Apify and the quickstart then run", async () => {
    const project = join(folder, "my-project");
    const write = (name: string, text: string): void => {
      writeFileSync(join(project, name), text);
    };
    write("index.ts", blockOf("README.md", "program: quickstart"));
    write("Pulumi.yaml", "name: my-project\nruntime: nodejs\n");
    const apify = await startInstalledEmulator(project, {
      environment: { ...process.env, ...environment },
    });
    try {
      const settings = {
        ...environment,
        ...apify.exports,
        PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
        PULUMI_CONFIG_PASSPHRASE: "",
      };
      const shown = await script(
        project,
        "pulumi stack init dev\npulumi up --yes --skip-preview\npulumi stack output --json",
        settings,
      );
      const outputs = JSON.parse(shown.slice(shown.lastIndexOf("\n{\n"))) as JsonOutputs;
      assert.match(shown, /TaskRun prices created .* SUCCEEDED: /);
      const [item] = outputs.firstItems;
      assert.equal(item?.url, "https://example.com");

      const links = shown.match(/http:\/\/127\.0\.0\.1:\d+\S*/g) ?? [];
      assert.ok(links.some((link) => link.endsWith(`/runs/${outputs.runId}`)));
      for (const link of links) assert.equal((await openLink(link)).status, 200, link);
      await script(project, "pulumi destroy --yes --skip-preview", settings);
    } finally {
      await apify.close();
    }
  });

  it("deploy an example against the local Apify and destroy it, without anything to install", async () => {
    const declaration = loadDeclaration(join(root, "examples/actors.json"));
    const apify = await startEmulator({ declaration });
    const commands = blockOf("examples/README.md", "commands: local");
    assert.match(commands, /http:\/\/127\.0\.0\.1:8765$/m);
    try {
      await script(
        join(folder, "pulumi-apify"),
        commands.replaceAll("http://127.0.0.1:8765", apify.url),
        environment,
      );
      const statuses = apify.runs().map(({ status }) => status);
      assert.deepEqual(statuses, ["SUCCEEDED"]);
    } finally {
      await apify.close();
    }
  });
});

/** The outputs of the quickstart. */
interface JsonOutputs {
  readonly runId: string;
  readonly firstItems: readonly { readonly url: string }[];
}

/** Opens a link as a browser does. */
function openLink(link: string): Promise<Response> {
  return fetch(link, { headers: { Accept: "text/html" } });
}
