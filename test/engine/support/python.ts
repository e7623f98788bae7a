import { readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { pulumiCli } from "../../../scripts/pulumi-cli";
import { runCommand } from "../../../scripts/pulumi-cli/command";
import { schemaPath } from "../../../scripts/schema/schema";
import { makeWheel } from "../../../scripts/sdk/wheel";
import { root } from "../../../scripts/testing/tool";
import { cachedFolder, shortHash } from "../../support/cachedFolder";
import { pythonWith } from "../../support/pythonVenv";

/** How long {@link pythonEnvironment} may take the first time, when Go compiles the generator. */
export const pythonTimeoutMillis = 1_200_000;

/** What Pulumi needs for programs in Python: a Python with Pulumi's SDK, and the package `pulumi_apify`. */
export async function pythonEnvironment(): Promise<Readonly<Record<string, string>>> {
  const { binFolder } = await pulumiCli();
  const python = await pythonWith(join(__dirname, "requirements.txt"));
  return {
    PATH: [dirname(python), binFolder, process.env.PATH ?? ""].join(delimiter),
    PYTHONPATH: await installedPackage(python),
  };
}

/** The folder into which the wheel of the package is installed. */
function installedPackage(python: string): Promise<string> {
  const schema = readFileSync(join(root, schemaPath));
  return cachedFolder(`python-package-${shortHash(python, schema)}`, async (folder) => {
    const wheel = await makeWheel(folder);
    await runCommand(python, ["-m", "pip", "install", "--no-deps", "--target", folder, wheel]);
  });
}
