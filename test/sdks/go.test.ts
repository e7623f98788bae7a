import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import packageJson from "../../package.json";
import schema from "../../provider/native/schema.json";
import { runCommand } from "../../scripts/pulumi-cli/command";
import { generateSdk } from "../../scripts/sdk/generate";
import { goEnvironment, goFlags, makeGoModule } from "../../scripts/sdk/goModule";
import { documentedProgram } from "./support/programs";

const modulePath = "example.com/pulumi-apify/sdk/go";

describe("the Go package", function () {
  // The first time, Go compiles the generator and Pulumi's library.
  this.timeout(2_400_000);

  let folder: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "pulumi-apify-go-"));
    await generateSdk("go", join(folder, "sdk"));
    mkdirSync(join(folder, "program"));
    writeFileSync(join(folder, "program/main.go"), documentedProgram("go"));
    makeGoModule(join(folder, "program"), {
      module: "my-project",
      more: `\nrequire ${modulePath} v${packageJson.version}\nreplace ${modulePath} => ../sdk\n`,
    });
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("is a module, and asks Pulumi for the plugin of its own version", () => {
    assert.match(
      readFileSync(join(folder, "sdk/go.mod"), "utf8"),
      new RegExp(`^module ${modulePath}$`, "m"),
    );
    const plugin = readFileSync(join(folder, "sdk/apify/pulumi-plugin.json"), "utf8");
    const { pluginDownloadURL } = schema as { readonly pluginDownloadURL?: string };
    assert.deepEqual(JSON.parse(plugin), {
      resource: true,
      name: schema.name,
      version: packageJson.version,
      ...(pluginDownloadURL === undefined ? {} : { server: pluginDownloadURL }),
    });
  });

  it("compiles, and so does the program of docs/languages.md", async () => {
    const packages = [".", `${modulePath}/...`];
    await runCommand("go", ["vet", ...goFlags, ...packages], {
      cwd: join(folder, "program"),
      env: goEnvironment,
    });
  });

  it("refuses a value of a wrong type", async () => {
    const main = join(folder, "program/main.go");
    const wrong = documentedProgram("go").replace("pulumi.Int(1024)", 'pulumi.String("1024")');
    writeFileSync(main, wrong);
    await assert.rejects(
      runCommand("go", ["vet", ...goFlags, "."], {
        cwd: join(folder, "program"),
        env: goEnvironment,
      }),
      /pulumi\.String.* as pulumi\.IntPtrInput/,
    );
  });
});
