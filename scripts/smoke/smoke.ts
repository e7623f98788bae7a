import { randomBytes } from "node:crypto";
import { createApi, inWords } from "./api";
import { createBelongings } from "./belongings";
import { allChecks } from "./checks";
import { textAt } from "./json";
import { removeBelongings } from "./removal";
import { introduction, leftLines, summary, verdictLines } from "./report";
import { createScene } from "./scene";
import { must, verdictOf } from "./verdict";
import { redactionOf } from "../../provider/apify/redaction";
import type { Clock } from "../../provider/apify/clock";
import type { Api } from "./api";
import type { Verdict } from "./verdict";

/** How to check Apify. */
export interface SmokeOptions {
  readonly token: string;
  /** The token of another account, for the check that takes two. */
  readonly otherToken?: string | undefined;
  /** Without a trailing slash and without `/v2`. */
  readonly baseUrl: string;
  /** The Actor to run, as `username/name` or `username~name`. */
  readonly actor: string;
  /** The ids of the checks to make. Default: all. */
  readonly only?: readonly string[] | undefined;
  readonly clock: Clock;
  /** Ends the checks; what they have created is removed all the same. */
  readonly signal: AbortSignal;
  /** Gets each line of the report, without the tokens. */
  readonly print: (line: string) => void;
}

/** What came of it. */
export interface SmokeResult {
  readonly verdicts: ReadonlyMap<string, Verdict>;
  /** What could not be removed. */
  readonly left: readonly string[];
  /** `refused`: Apify does not accept the token, so nothing was checked. */
  readonly ending: "complete" | "interrupted" | "refused";
}

/**
 * Checks what the provider assumes about Apify against Apify itself, one check after the other, and reports
 * each. Whatever happens, it removes what it has created.
 */
export async function runSmoke(options: SmokeOptions): Promise<SmokeResult> {
  const { clock, signal, baseUrl, token, otherToken, actor, only } = options;
  const print = redacting(options);
  const belongings = createBelongings(`pulumi-apify-smoke-${randomBytes(4).toString("hex")}`);
  const checks = allChecks.filter(({ id }) => only === undefined || only.includes(id));
  print(introduction({ baseUrl, actor, prefix: belongings.prefix, checks: checks.length }));
  const api = createApi({ baseUrl, token, clock, signal, onLostPost: belongings.noteLoss });
  const verdicts = new Map<string, Verdict>();
  const isInterrupted = (): boolean => signal.aborted;
  const account = await verdictOf(() => usernameOf(api));
  if (account.outcome !== "holds") {
    print(account.words);
    return { verdicts, left: [], ending: isInterrupted() ? "interrupted" : "refused" };
  }
  const scene = createScene({
    api,
    otherApi: otherToken ? createApi({ baseUrl, token: otherToken, clock, signal }) : undefined,
    ...{ token, baseUrl, clock, signal, belongings },
    username: account.words,
    actor: actor.replace("/", "~"),
  });
  for (const check of checks) {
    const verdict = await verdictOf(() => check.run(scene));
    // The interruption may have ended the check.
    if (isInterrupted()) break;
    verdicts.set(check.id, verdict);
    print(verdictLines(check, verdict));
  }
  if (isInterrupted()) {
    print("\nInterrupted. Removing what was created; another ^C leaves it there.");
  }
  const left = await removeBelongings({
    api: createApi({ baseUrl, token, clock }),
    ...{ belongings, clock },
  });
  print(leftLines(left));
  if (isInterrupted()) return { verdicts, left, ending: "interrupted" };
  print(summary(verdicts));
  return { verdicts, left, ending: "complete" };
}

async function usernameOf(api: Api): Promise<string> {
  const reply = await api.call("GET /v2/users/me");
  must(reply.status === 200, `Apify does not accept the token: ${inWords(reply)}`);
  return textAt(reply.data, "username");
}

/** Prints without the tokens, which an error or an Actor may have echoed. */
function redacting({ token, otherToken = "", print }: SmokeOptions): (line: string) => void {
  const [own, other] = [redactionOf(token), redactionOf(otherToken)];
  return (line) => {
    print(other.text(own.text(line)));
  };
}
