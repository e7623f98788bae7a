import { createRequire } from "node:module";
import { join } from "node:path";
import { lines, message } from "../apify/message";
import { isUnderMocks } from "./mocks";
import { programError } from "./programError";
import { version } from "../resources/userAgent";
import type { Message } from "../apify/message";

/** The module that the thunk requires. */
const required = "pulumi-apify/dynamic-provider";

/**
 * Throws a `RunError` if Pulumi's host could not load the provider whose text Pulumi is about to store. Node
 * caches resolved modules, so the check for each resource takes only microseconds.
 */
export function assertInstalled(thunk: object): void {
  const problem = bundlingProblem(textOf(thunk)) ?? locationProblem();
  if (problem !== undefined) throw programError(problem);
}

function textOf(thunk: object): string {
  return Object.values(thunk)
    .map((method) => String(method))
    .join("\n");
}

/**
 * The error text if a bundler has included this package, and so rewritten the `require` that Pulumi's host
 * would run; `undefined` if the provider's text is intact. Pure.
 */
export function bundlingProblem(text: string): Message | undefined {
  if (/\brequire\(\s*["'`]pulumi-apify\/dynamic-provider["'`]\s*\)/.test(text)) return undefined;
  return lines(
    message`pulumi-apify was bundled into the program, so Pulumi cannot store the provider. Exclude pulumi-apify from the bundle, and install it in the folder of the bundle.`,
    message`How to exclude it: in esbuild, \`--packages=external\` or \`--external:pulumi-apify\`; in webpack, \`externals\`; in Rollup, \`external\`.`,
  );
}

/**
 * The error text if Pulumi's dynamic host would not find this package. The host runs in the folder in which
 * the language host started the program, and resolves packages from there, not from a library that uses
 * them. The folder of an inline program's host (Automation API) is not known here.
 */
function locationProblem(): Message | undefined {
  if (process.env.PULUMI_NODEJS_MONITOR === undefined || isUnderMocks()) return undefined;
  const folder = process.cwd();
  try {
    createRequire(join(folder, "program.js")).resolve(required);
    return undefined;
  } catch {
    return lines(
      message`Pulumi loads the provider from ${folder}, where pulumi-apify is installed only as a dependency of another package.`,
      message`Add the same version to the dependencies of the Pulumi program: run \`npm install pulumi-apify@${version}\` in that folder.`,
    );
  }
}
