import { created } from "../http/answer";
import { waitMillis } from "../http/query";
import { inputBody } from "../http/request";
import { waitForFinish } from "../runs/runChanges";
import { createRun } from "../runs/createRun";
import { startSoon } from "../runs/lifecycle";
import { parseWebhooks } from "../runs/webhooks/parseWebhooks";
import { runOptionsOf } from "./runOptions";
import { runView } from "./runViews";
import type { Answer } from "../http/answer";
import type { AuthorizedRequest, Caller } from "../http/request";
import type { EmulatorState } from "../state/emulatorState";
import type { Actor, RunEntry, Task } from "../state/entities";

/** https://docs.apify.com/api/v2#rate-limiting */
export const startsPerSecond = 400;

/** What a request starts. */
export interface Startable {
  readonly actor: Actor;
  readonly task?: Task;
}

/** Starts a run and answers with it, at its end if it ends within `waitForFinish`. */
export async function answerStart(
  state: EmulatorState,
  request: AuthorizedRequest,
  { actor, task }: Startable,
): Promise<Answer> {
  const millis = waitMillis(request.query);
  const entry = startRun(state, request, { actor, ...(task === undefined ? {} : { task }) });
  await waitForFinish(state, entry, { millis, signal: request.disconnected });
  const parent = task === undefined ? `actors/${actor.id}` : `actor-tasks/${task.id}`;
  const location = `${state.url}/v2/${parent}/runs/${entry.run.id}`;
  return created(runView(entry, request.caller), { Location: location });
}

/** Starts a run as the query and the body of a request say. */
export function startRun(
  state: EmulatorState,
  request: AuthorizedRequest,
  { actor, task }: Startable,
): RunEntry {
  const { query, headers, caller, clientIp } = request;
  const rawInput = task === undefined ? rawInputOf(request) : undefined;
  const entry = createRun(state, {
    owner: caller.user,
    actor,
    task,
    options: runOptionsOf(query),
    input: rawInput === undefined ? inputBody(request) : undefined,
    rawInput,
    inputBytes: request.body.length,
    webhooks: parseWebhooks(query.get("webhooks")),
    meta: {
      origin: originOf(caller, headers["x-apify-request-origin"]),
      clientIp,
      userAgent: headers["user-agent"] ?? null,
      scheduleId: null,
      scheduledAt: null,
    },
  });
  startSoon(state, entry);
  return entry;
}

/** An Actor without a task can have an input of any type: https://docs.apify.com/api/v2/actor-runs-post */
function rawInputOf({
  headers,
  body,
}: AuthorizedRequest): { body: Buffer; contentType: string } | undefined {
  const contentType = headers["content-type"] ?? "application/json";
  if (body.length === 0 || /^application\/([\w.-]+\+)?json\b/i.test(contentType)) return undefined;
  return { body, contentType };
}

/** Apify's command-line tools, its MCP server and its webhooks send their origin in a header. */
function originOf({ run }: Caller, header: string | string[] | undefined): string {
  if (run !== undefined) return "ACTOR";
  const known = ["CLI", "CI", "MCP", "WEBHOOK"];
  return typeof header === "string" && known.includes(header) ? header : "API";
}
