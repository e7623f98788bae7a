import { createRequire } from "node:module";
import { join } from "node:path";
import { lines, message } from "../apify/message";
import { isUnderMocks } from "./mocks";
import { programError } from "./programError";
import type { Message } from "../apify/message";

const stored = "pulumi-apify/dynamic-provider";

/**
 * Throws when Pulumi could not run the provider whose text it is about to store. Node remembers what
 * it has found, so that asking again for each resource costs some microseconds.
 */
export function assertInstalled(thunk: object): void {
  const problem = bundlingProblem(textOf(thunk)) ?? placeProblem();
  if (problem !== undefined) throw programError(problem);
}

function textOf(thunk: object): string {
  return Object.values(thunk)
    .map((method) => String(method))
    .join("\n");
}

/** A bundler that takes this package in rewrites the `require` that Pulumi's host is to run. Pure. */
export function bundlingProblem(text: string): Message | undefined {
  if (/\brequire\(\s*["'`]pulumi-apify\/dynamic-provider["'`]\s*\)/.test(text)) return undefined;
  return lines(
    message`pulumi-apify was bundled into the program, and Pulumi then cannot store the provider. Leave it out of the bundle and install it beside:`,
    message`esbuild --packages=external (or --external:pulumi-apify), in webpack \`externals\`, in Rollup \`external\`.`,
  );
}

/**
 * Pulumi's host of dynamic providers runs in the folder that the language host started the program
 * in, and looks for packages from there: beside the program, not beside the library that uses them.
 * Where an inline program of the Automation API has its host is not known here.
 */
function placeProblem(): Message | undefined {
  if (process.env.PULUMI_NODEJS_MONITOR === undefined || isUnderMocks()) return undefined;
  const folder = process.cwd();
  try {
    createRequire(join(folder, "program.js")).resolve(stored);
    return undefined;
  } catch {
    return lines(
      message`Pulumi runs the provider from ${folder}, and pulumi-apify is not installed there; it is only where another package uses it.`,
      message`Add it to the dependencies in the package.json of the Pulumi program (\`npm install pulumi-apify\` in that folder), with the same version.`,
    );
  }
}
