import { createRequire } from "node:module";
import { join } from "node:path";
import { lines, message } from "../apify/message";
import { isUnderMocks } from "./mocks";
import { programError } from "./programError";
import { version } from "../resources/userAgent";
import type { Message } from "../apify/message";

/** How a thunk requires its module: the text that the host would run, unless a bundler has rewritten it. */
const requirePattern = /\brequire\(\s*["'`](pulumi-apify\/dynamic-(?:task-)?provider)["'`]\s*\)/;

/**
 * Throws a `RunError` if Pulumi's host could not load the provider whose text Pulumi is about to store. Node
 * caches resolved modules, so the check for each resource takes only microseconds.
 */
export function assertInstalled(thunk: object): void {
  const text = textOf(thunk);
  const required = requiredModule(text);
  const problem = required === undefined ? bundlingProblem : locationProblem(required);
  if (problem !== undefined) throw programError(problem);
}

function textOf(thunk: object): string {
  return Object.values(thunk)
    .map((method) => String(method))
    .join("\n");
}

/** The module that the text of a thunk requires; `undefined` if a bundler has rewritten it. Pure. */
export function requiredModule(text: string): string | undefined {
  return requirePattern.exec(text)?.[1];
}

/** The error text if a bundler has included this package, and so rewritten the `require` that Pulumi's host would run. */
const bundlingProblem = lines(
  message`pulumi-apify was bundled into the program, so Pulumi cannot store the provider. Exclude pulumi-apify from the bundle, and install it in the folder of the bundle.`,
  message`How to exclude it: in esbuild, \`--packages=external\` or \`--external:pulumi-apify\`; in webpack, \`externals\`; in Rollup, \`external\`.`,
);

/**
 * The error text if Pulumi's dynamic host would not find this package. The host runs in the folder in which
 * the language host started the program, and resolves packages from there, not from a library that uses
 * them. The folder of an inline program's host (Automation API) is not known here.
 */
function locationProblem(required: string): Message | undefined {
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
