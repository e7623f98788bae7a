import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import packageJson from "../../package.json";
import schema from "../../provider/native/schema.json";
import { generateSdk } from "../../scripts/sdk/generate";
import { documentedProgram } from "./support/programs";

/** A resource in the schema. */
interface Resource {
  readonly inputProperties: object;
  readonly properties: object;
}

// It is generated and read, but not compiled, for lack of .NET.
describe("the C# package", function () {
  // The first time, Go compiles the generator.
  this.timeout(1_200_000);

  let folder: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "pulumi-apify-csharp-"));
    await generateSdk("csharp", folder);
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function source(file: string): string {
    return readFileSync(join(folder, file), "utf8");
  }

  /** The properties with this attribute, by the names that Pulumi knows. */
  function marked(file: string, attribute: "Input" | "Output"): readonly string[] {
    const all = source(file).matchAll(new RegExp(`^ +\\[${attribute}\\("(\\w+)"`, "gm"));
    return [...all].map(([, name = ""]) => name).sort();
  }

  it("asks Pulumi for the plugin of its own version", () => {
    const { pluginDownloadURL } = schema as { readonly pluginDownloadURL?: string };
    assert.deepEqual(JSON.parse(source("pulumi-plugin.json")), {
      resource: true,
      name: schema.name,
      version: packageJson.version,
      ...(pluginDownloadURL === undefined ? {} : { server: pluginDownloadURL }),
    });
  });

  for (const [token, resource] of Object.entries<Resource>(schema.resources)) {
    const name = token.split(":").at(-1) ?? "";
    it(`has each argument and output of ${name}`, () => {
      assert.deepEqual(marked(`${name}.cs`, "Input"), Object.keys(resource.inputProperties).sort());
      assert.deepEqual(marked(`${name}.cs`, "Output"), Object.keys(resource.properties).sort());
    });
  }

  it("has both functions, for values that are known and for outputs", () => {
    for (const name of ["GetDatasetItems", "GetKeyValueStoreRecord"]) {
      const text = source(`${name}.cs`);
      assert.match(text, new RegExp(`public static Task<${name}Result> InvokeAsync\\(`));
      assert.match(text, new RegExp(`public static Output<${name}Result> Invoke\\(`));
    }
  });

  it("has the names that the program of docs/languages.md uses", () => {
    const program = documentedProgram("csharp");
    const [task, run] = [source("Task.cs"), source("TaskRun.cs")];
    const options = source("Inputs/TaskOptionsArgs.cs");
    const declared: Readonly<Record<string, string>> = {
      ActorId: task,
      Input: task,
      Options: task,
      Fingerprint: task,
      MemoryMbytes: options,
      ActorTaskId: run,
      Triggers: run,
      OnExpired: run,
      DefaultDatasetId: run,
    };
    const assigned = [...program.matchAll(/\b([A-Z]\w+) =(?!>)/g)].map(([, name = ""]) => name);
    const read = [...program.matchAll(/\b(?:scraper|prices)\.(\w+)/g)].map(([, name = ""]) => name);
    // The id is Pulumi's own, and the first of the names is that of the namespace.
    const used = [...assigned, ...read].filter((name) => !["Apify", "Id"].includes(name));
    assert.deepEqual([...new Set(used)].sort(), Object.keys(declared).sort());
    for (const [name, text] of Object.entries(declared)) {
      assert.match(text, new RegExp(`public \\S+ ${name}\\b`), name);
    }
    for (const text of [task, run]) assert.match(text, /^namespace Pulumi\.Apify$/m);
    assert.match(options, /^namespace Pulumi\.Apify\.Inputs$/m);
    assert.match(source("Enums.cs"), /public static OnExpired Rerun \{/);
  });
});
