import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { parse } from "yaml";
import { loadDeclaration, startEmulator } from "../../emulator";
import { pulumiCli } from "../../scripts/pulumi-cli";
import { output, root } from "./support/checkout";
import type { Emulator } from "../../emulator";

describe("the quickstart as a template", () => {
  let folder: string;
  let project: string;
  let emulator: Emulator;
  let environment: Readonly<Record<string, string>>;

  const pulumi = (at: string, ...args: readonly string[]): Promise<string> =>
    output(at, "pulumi", [...args, "--non-interactive"], environment);
  const read = (name: string): string => readFileSync(join(project, name), "utf8");

  before(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "pulumi-apify-template-")));
    project = join(folder, "my-shop");
    emulator = await startEmulator({
      declaration: loadDeclaration(join(root, "examples/actors.json")),
    });
    const { binFolder } = await pulumiCli();
    environment = {
      PATH: `${binFolder}${delimiter}${process.env.PATH ?? ""}`,
      PULUMI_HOME: join(folder, "home"),
      PULUMI_BACKEND_URL: `file://${folder}`,
      PULUMI_CONFIG_PASSPHRASE: "",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      APIFY_API_BASE_URL: emulator.url,
      npm_config_prefer_offline: "true",
    };
    const template = join(folder, "template");
    cpSync(join(root, "examples/quickstart"), template, { recursive: true });
    await useThisPackage(template);
    const answers = ["--yes", "--name", "my-shop", "--stack", "dev", "--dir", project];
    await pulumi(folder, "new", template, ...answers);
  });

  after(async () => {
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Has the template install this checkout, packed, in the place of what the registry has. */
  async function useThisPackage(template: string): Promise<void> {
    // Built before the tests; building here would pull dist/ away from tests that run beside.
    const pack = ["pack", "--ignore-scripts", "--json", "--pack-destination", folder];
    const [{ filename }] = JSON.parse(await output(root, "npm", pack)) as [{ filename: string }];
    const file = join(template, "package.json");
    const manifest = JSON.parse(readFileSync(file, "utf8")) as {
      dependencies: Record<string, string>;
    };
    manifest.dependencies["pulumi-apify"] = `file:${join(folder, filename)}`;
    writeFileSync(file, JSON.stringify(manifest));
  }

  it("makes a project with a name of its own, which is a template no longer", () => {
    const { name, template } = parse(read("Pulumi.yaml")) as Record<string, unknown>;
    assert.equal(name, "my-shop");
    assert.equal(template, undefined);
  });

  it("has Pulumi ask for the token, as a secret", () => {
    const { template } = parse(
      readFileSync(join(root, "examples/quickstart/Pulumi.yaml"), "utf8"),
    ) as { template: { config: Record<string, { secret: boolean }> } };
    assert.equal(template.config["apify:token"]?.secret, true);
  });

  it("deploys and destroys with no more than a token", async () => {
    await pulumi(project, "config", "set", "--secret", "apify:token", "emulator-token");
    await pulumi(project, "up", "--yes", "--skip-preview");
    const outputs = JSON.parse(await pulumi(project, "stack", "output", "--json")) as {
      readonly status: string;
    };
    assert.equal(outputs.status, "SUCCEEDED");
    assert.deepEqual(
      emulator.runs().map(({ status }) => status),
      ["SUCCEEDED"],
    );
    await pulumi(project, "destroy", "--yes", "--skip-preview");
  });
});
