import { createRequire } from "node:module";
import { join } from "node:path";
import { lines, message } from "../apify/message";
import { isUnderMocks } from "./mocks";
import { programError } from "./programError";
import { version } from "../resources/userAgent";
import type { Message } from "../apify/message";
import type { ThunkModule } from "../dynamic/thunk";

/**
 * Throws a `RunError` if Pulumi's host could not load the module that a thunk requires. Node caches resolved modules, so
 * the check for each resource takes only microseconds.
 */
export function assertInstalled(required: ThunkModule): void {
  const problem = locationProblem(required);
  if (problem !== undefined) throw programError(problem);
}

/**
 * The error text if Pulumi's dynamic host would not find this package. The host runs in the folder in which
 * the language host started the program, and resolves packages from there, not from a library that uses
 * them. The folder of an inline program's host (Automation API) is not known here.
 */
function locationProblem(required: ThunkModule): Message | undefined {
  if (process.env.PULUMI_NODEJS_MONITOR === undefined || isUnderMocks()) return undefined;
  const folder = process.cwd();
  try {
    createRequire(join(folder, "program.js")).resolve(required);
    return undefined;
  } catch {
    return lines(
      message`Pulumi loads the provider from ${folder}, where Node does not find pulumi-apify: it is a dependency of another package only, or bundled into the program.`,
      message`Add the same version to the dependencies of the Pulumi program: run \`npm install pulumi-apify@${version}\` in that folder.`,
    );
  }
}
