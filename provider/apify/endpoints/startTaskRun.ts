import { z } from "zod";
import { isSuccess } from "../http";
import { runSchema } from "../schemas/run";
import { requiredId } from "../schemas/tolerant";
import { taskPath } from "./paths";
import type { SingleRequest } from "../apiRequest";
import type { Connection } from "../connection";
import type { RequestError } from "../errors";
import type { HttpResult } from "../http";
import type { Redaction } from "../redaction";
import type { Run } from "../schemas/run";

/**
 * What to run. An omitted option comes from the saved task.
 * Source: https://docs.apify.com/api/v2/actor-task-runs-post
 */
export interface TaskStartOptions {
  /** A task id or `username~name`. */
  readonly actorTaskId: string;
  /** Overrides fields of the task's saved input. */
  readonly input?: Readonly<Record<string, unknown>> | undefined;
  readonly build?: string | undefined;
  readonly timeoutSecs?: number | undefined;
  readonly memoryMbytes?: number | undefined;
  readonly maxItems?: number | undefined;
  readonly maxTotalChargeUsd?: number | undefined;
  readonly restartOnError?: boolean | undefined;
  /** Ad-hoc webhooks, with the field names of the API. */
  readonly webhooks?: readonly unknown[] | undefined;
  /** Added to the `User-Agent`, which Apify stores with the run, in `meta.userAgent`. */
  readonly userAgentNote: string;
}

/**
 * How a start ended. Apify has no idempotency key, so "unknown" is an outcome that every caller has to
 * handle, and not an exception, which is easily forgotten.
 */
export type StartOutcome =
  /** The run exists. `run` is `undefined` if only its id could be read. */
  | { readonly outcome: "started"; readonly runId: string; readonly run: Run | undefined }
  /** No run exists. If the error is transient, the same start may be accepted later. */
  | { readonly outcome: "refused"; readonly error: RequestError }
  /** A run may exist. */
  | { readonly outcome: "unknown"; readonly error: RequestError };

/** The endpoint that starts runs. */
export interface StartEndpoint {
  /**
   * Sends the start request exactly once. `run/sendUntilAccepted.ts` sends it again after a refusal, and
   * `run/ensureRun.ts` once after a lost response that left no run.
   */
  startTaskRun(options: TaskStartOptions): Promise<StartOutcome>;
}

/** The endpoint that starts runs, over this connection. */
export function startEndpoint(connection: Connection): StartEndpoint {
  return {
    startTaskRun: async (options) => {
      const request = startRequest(options);
      const result = await connection.callOnce(request);
      return startOutcome(result, connection.errorFrom(request, result, 1), connection.redaction);
    },
  };
}

function startRequest(options: TaskStartOptions): SingleRequest {
  return {
    method: "POST",
    path: `${taskPath(options.actorTaskId)}/runs`,
    query: {
      build: options.build,
      timeout: options.timeoutSecs,
      memory: options.memoryMbytes,
      maxItems: options.maxItems,
      maxTotalChargeUsd: options.maxTotalChargeUsd,
      restartOnError: options.restartOnError,
      webhooks: options.webhooks && base64Json(options.webhooks),
    },
    // The API requires a body; an empty object overrides nothing.
    body: JSON.stringify(options.input ?? {}),
    connection: "fresh",
    userAgentNote: options.userAgentNote,
  };
}

function base64Json(value: unknown): string {
  return Buffer.from(JSON.stringify(value), "utf8").toString("base64");
}

const idOnlySchema = z.looseObject({ data: z.looseObject({ id: requiredId }) });
const envelopeSchema = z.looseObject({ data: runSchema });

/** Reads the outcome of a start from its result. `error` is the same result as an error, for an unsuccessful one. Pure. */
export function startOutcome(
  result: HttpResult,
  error: RequestError,
  redaction: Redaction,
): StartOutcome {
  if (result.kind === "response" && isSuccess(result.status)) {
    const body = parseJson(result.body, redaction);
    const run = envelopeSchema.safeParse(body).data?.data;
    if (run !== undefined) return { outcome: "started", runId: run.id, run };
    const runId = idOnlySchema.safeParse(body).data?.data.id ?? idInLocation(result.headers);
    return runId === undefined
      ? { outcome: "unknown", error }
      : { outcome: "started", runId, run: undefined };
  }
  return { outcome: error.effect === "none" ? "refused" : "unknown", error };
}

function parseJson(body: Buffer, redaction: Redaction): unknown {
  try {
    return redaction.parseJson(body.toString("utf8"), "becomesNull");
  } catch {
    return undefined;
  }
}

/** `Location: …/v2/actor-tasks/<task>/runs/<runId>` names the run even if the body is incomplete. */
function idInLocation(headers: Readonly<Record<string, string>>): string | undefined {
  return /\/(?:actor-)?runs\/([A-Za-z0-9]{1,200})\/?(?:\?.*)?$/.exec(headers.location ?? "")?.[1];
}
