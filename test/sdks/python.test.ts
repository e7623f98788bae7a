import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import packageJson from "../../package.json";
import schema from "../../provider/native/schema.json";
import { runCommand } from "../../scripts/pulumi-cli/command";
import { createVenv } from "../../scripts/sdk/python";
import { makeWheel } from "../../scripts/sdk/wheel";
import { documentedProgram } from "./support/programs";

/** What `package_facts.py` prints. */
interface Facts {
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly hasLicense: boolean;
  readonly plugin: Readonly<Record<string, unknown>>;
  readonly names: readonly string[];
  readonly docs: Readonly<Record<string, string>>;
  readonly onDelete: readonly string[];
}

describe("the Python package", function () {
  // The first time, Go compiles the generator.
  this.timeout(1_200_000);

  let folder: string;
  let wheel: string;
  let python: string;
  let facts: Facts;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "pulumi-apify-python-"));
    wheel = await makeWheel(folder);
    const requirements = join(__dirname, "requirements.txt");
    python = await createVenv(join(folder, "venv"), ["-r", requirements, wheel]);
    writeFileSync(join(folder, "documented.py"), documentedProgram("python"));
    facts = JSON.parse(await run("package_facts.py")) as Facts;
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function run(script: string, ...args: readonly string[]): Promise<string> {
    return runCommand(python, [join(__dirname, script), ...args], { cwd: folder });
  }

  it("is a wheel for every system, with the version, the licence and the README", () => {
    const { version, description, license } = packageJson;
    assert.equal(basename(wheel), `pulumi_apify-${version}-py3-none-any.whl`);
    const { metadata, hasLicense } = facts;
    assert.deepEqual(
      [metadata.name, metadata.version, metadata.summary, metadata.license],
      ["pulumi_apify", version, description, license],
    );
    assert.ok(hasLicense);
    assert.ok(String(metadata.description).includes(documentedProgram("python")));
  });

  it("asks Pulumi for the plugin of its own version", () => {
    const { pluginDownloadURL } = schema as { readonly pluginDownloadURL?: string };
    assert.deepEqual(facts.plugin, {
      resource: true,
      name: schema.name,
      version: packageJson.version,
      ...(pluginDownloadURL === undefined ? {} : { server: pluginDownloadURL }),
    });
  });

  it("has the resources, functions and enumerations of the schema", () => {
    for (const name of [
      "Task",
      "TaskRun",
      "Provider",
      "get_dataset_items",
      "get_dataset_items_output",
      "get_key_value_store_record_output",
      "RunEndStatus",
    ]) {
      assert.ok(facts.names.includes(name), name);
    }
    const values = schema.types["apify:index:OnDelete"].enum.map(({ value }) => value);
    assert.deepEqual(facts.onDelete, values);
  });

  it("has the documentation of arguments and outputs", () => {
    const { "apify:index:Task": task, "apify:index:TaskRun": taskRun } = schema.resources;
    assert.deepEqual(facts.docs, {
      "TaskArgs.adopt_task_id": task.inputProperties.adoptTaskId.description,
      "TaskRunArgs.max_age_secs": taskRun.inputProperties.maxAgeSecs.description,
      "TaskRun.default_dataset_id": taskRun.properties.defaultDatasetId.description,
      "TaskOptionsArgs.memory_mbytes":
        schema.types["apify:index:TaskOptions"].properties.memoryMbytes.description,
    });
  });

  it("registers what the program of docs/languages.md declares, under the names of the schema", async () => {
    const registered: unknown = JSON.parse(await run("registered_inputs.py", "documented.py"));
    assert.deepEqual(registered, {
      "price-scraper": {
        type: "apify:index:Task",
        inputs: {
          actorId: "janedoe/price-scraper",
          input: { startUrls: [{ url: "https://example.com" }] },
          options: { memoryMbytes: 1024 },
        },
      },
      prices: {
        type: "apify:index:TaskRun",
        inputs: {
          actorTaskId: "price-scraper-id",
          triggers: ["a-fingerprint"],
          onExpired: "rerun",
        },
      },
    });
  });

  it("has types by which mypy accepts that program, and refuses each wrong line of another", async () => {
    const wrong = "wrong_types.py";
    cpSync(join(__dirname, wrong), join(folder, wrong));
    const mypy = ["-m", "mypy", "--strict", "--no-incremental"];
    await runCommand(python, [...mypy, "documented.py"], { cwd: folder });
    const report = await runCommand(
      python,
      [
        "-c",
        `import sys; from mypy import api; print(api.run(sys.argv[1:])[0])`,
        ...mypy.slice(2),
        wrong,
      ],
      { cwd: folder },
    );
    const found = [...report.matchAll(/^[^:]+:(\d+): error: .*\[([\w-]+)\]$/gm)];
    const expected = readFileSync(join(__dirname, wrong), "utf8")
      .split("\n")
      .flatMap((line, index) => {
        const [, code] = /# ([\w-]+)$/.exec(line) ?? [];
        return code === undefined ? [] : [`${index + 1}: ${code}`];
      });
    assert.ok(expected.length > 3);
    assert.deepEqual(
      found.map(([, line, code]) => `${line}: ${code}`),
      expected,
    );
  });
});
