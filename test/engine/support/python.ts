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

const run = promisify(execFile);

/** What Pulumi needs for programs in Python: a Python with Pulumi's SDK, and the package `pulumi_apify`. */
export async function pythonEnvironment(): Promise<Readonly<Record<string, string>>> {
  const cli = await pulumiCli();
  const python = await pythonWith(requirements);
  return {
    PATH: [dirname(python), cli.binFolder, process.env.PATH ?? ""].join(delimiter),
    PYTHONPATH: await installedPackage(cli, python),
  };
}

/** The folder into which the package is installed that is generated from the schema. */
async function installedPackage(cli: PulumiCli, python: string): Promise<string> {
  const name = `python-package-${shortHash(cli.version, python, readFileSync(schema))}`;
  return cachedFolder(name, async (folder) => {
    const source = join(folder, "source");
    await generatePackage(cli, source);
    const pip = ["-m", "pip", "install", "--no-deps", "--no-build-isolation"];
    await run(python, [...pip, "--target", folder, join(source, "python")]);
  });
}

/** Generates the package into the folder `python` of this one. */
async function generatePackage({ pulumi, binFolder }: PulumiCli, folder: string): Promise<void> {
  const generator = join(binFolder, pythonSdkBinary.name);
  if (existsSync(generator)) {
    await run(generator, [schema, join(folder, "python")]);
    return;
  }
  const PATH = [binFolder, process.env.PATH ?? ""].join(delimiter);
  const args = ["package", "gen-sdk", schema, "--language", "python", "--out", folder];
  await run(pulumi, args, { env: { ...process.env, PATH, PULUMI_HOME: join(folder, "home") } });
}
