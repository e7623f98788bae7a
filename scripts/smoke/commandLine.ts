import { parseArgs } from "node:util";
import { defaultBaseUrl, normalizeBaseUrl } from "../../provider/apify/urls";
import { allChecks } from "./checks";
import type { SmokeOptions } from "./smoke";

/** The part of the options that the command line decides. */
export type Asked = Pick<SmokeOptions, "token" | "otherToken" | "baseUrl" | "actor" | "only">;

/** How to call the script. */
export const usage = `npm run smoke -- [options]

Checks what pulumi-apify assumes about Apify (docs/assumptions.md) against Apify itself.

  --token TOKEN         an API token of the account to use. Default: APIFY_TOKEN, which is better: npm
                        prints its arguments, and other users of this machine can see them
  --other-token TOKEN   the token of a second account, for the one check that takes two.
                        Default: APIFY_OTHER_TOKEN
  --actor NAME          the public Actor to run. Default: apify/hello-world
  --base-url URL        Default: ${defaultBaseUrl}
  --only IDS            ids of checks, separated by commas. Default: all
  --help`;

/** A command line that asks for something impossible. */
export class UsageError extends Error {}

/** Reads the command line; `"help"` if it asks for help. Throws a `UsageError`. */
export function readCommandLine(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Asked | "help" {
  const given = valuesIn(args);
  if (given.help === true) return "help";
  const token = (given.token ?? environment.APIFY_TOKEN ?? "").trim();
  if (token === "") throw new UsageError("Give a token: --token, or APIFY_TOKEN.");
  const otherToken = (given["other-token"] ?? environment.APIFY_OTHER_TOKEN ?? "").trim();
  const baseUrl = normalizeBaseUrl(given["base-url"] ?? defaultBaseUrl);
  if (baseUrl === undefined) throw new UsageError("--base-url is not an http(s) URL.");
  const actor = given.actor ?? "apify/hello-world";
  if (!/^[\w.-]+[~/][\w.-]+$/.test(actor)) throw new UsageError("--actor is not username/name.");
  const only = given.only?.split(",");
  const unknown = only?.find((id) => !allChecks.some((check) => check.id === id));
  if (unknown !== undefined) throw new UsageError(`There is no check "${unknown}".`);
  return { token, otherToken: otherToken === "" ? undefined : otherToken, baseUrl, actor, only };
}

function valuesIn(args: readonly string[]) {
  const text = { type: "string" } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        ...{ token: text, "other-token": text, actor: text, "base-url": text, only: text },
        help: { type: "boolean" },
      },
    }).values;
  } catch {
    // Node's message would repeat an argument, which may be a token in the wrong place.
    throw new UsageError("The options cannot be read.");
  }
}
