import { z } from "zod";
import { pathSegment } from "./paths";
import { runSchema } from "./schemas/run";
import { requiredId } from "./schemas/tolerant";
import type { ApifyError, ApifyNoAnswerError } from "./errors";
import type { ApiRequest, Connection } from "./connection";
import type { HttpResult } from "./http";
import type { Redaction } from "./redaction";
import type { Run } from "./schemas/run";

/** The options of one start. Source: https://docs.apify.com/api/v2/actor-task-runs-post */
export interface TaskStartOptions {
  /** A task id or `username~name`. */
  readonly actorTaskId: string;
  /** A JSON object in text form; absent, the task's saved input is used alone. */
  readonly inputJson?: string | undefined;
  readonly build?: string | undefined;
  readonly timeoutSecs?: number | undefined;
  readonly memoryMbytes?: number | undefined;
  readonly maxItems?: number | undefined;
  readonly maxTotalChargeUsd?: number | undefined;
  readonly restartOnError?: boolean | undefined;
  /** Ad-hoc webhooks, as the API names their fields. */
  readonly webhooks?: readonly unknown[] | undefined;
  /** Added to the `User-Agent`, which Apify stores as `run.meta.userAgent`. */
  readonly userAgentNote: string;
}

/**
 * How a start ended. There is no idempotency key on Apify's side, so "I don't know" is an outcome
 * of its own, which the caller has to deal with, not an exception to forget.
 */
export type StartOutcome =
  /** The run exists. `run` is absent when only its id could be read. */
  | { readonly outcome: "started"; readonly runId: string; readonly run: Run | undefined }
  /** No run exists; if the error is transient, the same start may be accepted later. */
  | { readonly outcome: "refused"; readonly error: ApifyError | ApifyNoAnswerError }
  /** A run may exist. */
  | { readonly outcome: "unknown"; readonly error: ApifyError | ApifyNoAnswerError };

/** Sends one start request, once. */
export async function startTaskRun(
  connection: Connection,
  options: TaskStartOptions,
): Promise<StartOutcome> {
  const request = startRequest(options);
  const result = await connection.callOnce(request);
  return startOutcome(result, connection.failure(request, result, 1), connection.redaction);
}

function startRequest(options: TaskStartOptions): ApiRequest {
  return {
    method: "POST",
    repeatable: "once",
    path: `/v2/actor-tasks/${pathSegment(options.actorTaskId)}/runs`,
    query: {
      build: options.build,
      timeout: options.timeoutSecs,
      memory: options.memoryMbytes,
      maxItems: options.maxItems,
      maxTotalChargeUsd: options.maxTotalChargeUsd,
      restartOnError: options.restartOnError,
      webhooks: options.webhooks === undefined ? undefined : base64Json(options.webhooks),
    },
    // The documentation requires a body; an empty object overrides nothing.
    body: options.inputJson ?? "{}",
    connection: "fresh",
    userAgentNote: options.userAgentNote,
  };
}

function base64Json(value: unknown): string {
  return Buffer.from(JSON.stringify(value), "utf8").toString("base64");
}

const idOnlySchema = z.looseObject({ data: z.looseObject({ id: requiredId }) });
const envelopeSchema = z.looseObject({ data: runSchema });

/** Reads the outcome from what came back. Pure. */
export function startOutcome(
  result: HttpResult,
  error: ApifyError | ApifyNoAnswerError,
  redaction: Redaction,
): StartOutcome {
  if (result.kind === "response" && result.status >= 200 && result.status < 300) {
    const body = parseJson(result.body, redaction);
    const whole = envelopeSchema.safeParse(body);
    if (whole.success) {
      return { outcome: "started", runId: whole.data.data.id, run: whole.data.data };
    }
    const runId = idOnlySchema.safeParse(body).data?.data.id ?? idInLocation(result.headers);
    return runId === undefined
      ? { outcome: "unknown", error }
      : { outcome: "started", runId, run: undefined };
  }
  return { outcome: error.effect === "none" ? "refused" : "unknown", error };
}

function parseJson(body: Buffer, redaction: Redaction): unknown {
  try {
    return redaction.json(JSON.parse(body.toString("utf8")), "becomesNull");
  } catch {
    return undefined;
  }
}

/** `Location: …/v2/actor-tasks/<task>/runs/<runId>` names the run even when the body is cut. */
function idInLocation(headers: Readonly<Record<string, string>>): string | undefined {
  return /\/(?:actor-)?runs\/([A-Za-z0-9]{1,200})\/?(?:\?.*)?$/.exec(headers.location ?? "")?.[1];
}
