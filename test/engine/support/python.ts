import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { pulumiCli } from "../../../scripts/pulumi-cli";
import { pythonSdkBinary } from "../../../scripts/pulumi-cli/provision";
import { cachedFolder, shortHash } from "../../support/cachedFolder";
import { pythonWith } from "../../support/pythonVenv";
import type { PulumiCli } from "../../../scripts/pulumi-cli";

const schema = resolve(__dirname, "../../../provider/native/schema.json");
const requirements = join(__dirname, "requirements.txt");

/** What Pulumi needs for programs in Python: a Python with Pulumi's SDK, and the package `pulumi_apify`. */
export async function pythonEnvironment(): Promise<Readonly<Record<string, string>>> {
  const cli = await pulumiCli();
  const python = await pythonWith(requirements);
  return {
    PATH: [dirname(python), cli.binFolder, process.env.PATH ?? ""].join(delimiter),
    PYTHONPATH: await generatedPackage(cli),
  };
}

/** The folder with the package that is generated from the schema. */
async function generatedPackage({ pulumi, binFolder, version }: PulumiCli): Promise<string> {
  const run = promisify(execFile);
  const name = `python-package-${shortHash(version, readFileSync(schema))}`;
  const cached = await cachedFolder(name, async (folder) => {
    const out = join(folder, "python");
    const generator = join(binFolder, pythonSdkBinary.name);
    if (existsSync(generator)) {
      await run(generator, [schema, out]);
      return;
    }
    const PATH = [binFolder, process.env.PATH ?? ""].join(delimiter);
    const args = ["package", "gen-sdk", schema, "--language", "python", "--out", folder];
    await run(pulumi, args, { env: { ...process.env, PATH, PULUMI_HOME: join(folder, "home") } });
  });
  return join(cached, "python");
}
