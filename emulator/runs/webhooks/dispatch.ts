import { timestamp } from "../../state/emulatorState";
import { headersIn, isTemplate } from "./parseWebhooks";
import { postWebhook } from "./post";
import { defaultPayload, filledTemplate } from "./template";
import { isAllowedTarget, notAllowed } from "./targets";
import type { JsonObject } from "../../json";
import type { EmulatorState } from "../../state/emulatorState";
import type { RunEntry } from "../../state/entities";
import type {
  AdHocWebhook,
  Delivery,
  PendingDelivery,
  RunEvent,
  WebhookCall,
  WebhookDispatch,
} from "../../state/webhook";
import type { WebhookAnswer } from "./post";

/** https://docs.apify.com/platform/integrations/webhooks/actions#response-management */
const maxRetries = 11;
const firstPauseMillis = 60_000;
const timeoutMillis = 120_000;

/** Delivers the webhooks of a run that are for this event. */
export function dispatchWebhooks(state: EmulatorState, entry: RunEntry, event: RunEvent): void {
  const webhooks = entry.webhooks.filter(({ eventTypes }) => eventTypes.includes(event));
  if (webhooks.length === 0) return;
  const variables = variablesOf(state, entry, event);
  for (const webhook of webhooks) {
    const dispatch: WebhookDispatch = {
      id: state.newId(),
      requestUrl: webhook.requestUrl,
      eventType: event,
      createdAt: timestamp(state),
      status: "ACTIVE",
      calls: [],
    };
    const pending = {
      webhook,
      ...filledIn(webhook, variables),
      nextAttemptAt: state.clock.now(),
    };
    const delivery: Delivery = { dispatch, pending };
    entry.deliveries.push(delivery);
    journalDelivery(state, entry, delivery);
    void attempt(state, { entry, delivery, pending });
  }
}

/** Continues the deliveries that were going on when the emulator ended. */
export function resumeDeliveries(state: EmulatorState, entry: RunEntry): void {
  for (const delivery of entry.deliveries) {
    const { pending } = delivery;
    if (pending !== undefined) attemptLater(state, { entry, delivery, pending });
  }
}

interface Attempted {
  readonly entry: RunEntry;
  readonly delivery: Delivery;
  readonly pending: PendingDelivery;
}

function attemptLater(state: EmulatorState, attempted: Attempted): void {
  const millis = Math.max(0, attempted.pending.nextAttemptAt - state.clock.now());
  const cancel = state.clock.setTimer(millis, () => {
    state.deliveries.delete(cancel);
    void attempt(state, attempted);
  });
  state.deliveries.add(cancel);
}

async function attempt(state: EmulatorState, attempted: Attempted): Promise<void> {
  const { entry, delivery, pending } = attempted;
  const { dispatch } = delivery;
  const startedAt = timestamp(state);
  const result = await withTimeout(state, (signal) => post(state, attempted, signal));
  if (result === "closing") return;
  const call: WebhookCall = { startedAt, finishedAt: timestamp(state), ...result };
  dispatch.calls.push(call);
  const retries = dispatch.calls.length - 1;
  const isFinal = pending.webhook.doNotRetry === true || retries >= maxRetries;
  if (call.errorMessage === null) dispatch.status = "SUCCEEDED";
  else if (isFinal || !isAllowedTarget(state, dispatch.requestUrl)) dispatch.status = "FAILED";
  const nextAttemptAt = state.clock.now() + firstPauseMillis * 2 ** retries;
  const next = dispatch.status === "ACTIVE" ? { ...pending, nextAttemptAt } : undefined;
  delivery.pending = next;
  journalDelivery(state, entry, delivery);
  if (next !== undefined) attemptLater(state, { entry, delivery, pending: next });
}

function journalDelivery(state: EmulatorState, { run }: RunEntry, delivery: Delivery): void {
  if (state.runs.has(run.id)) state.journal({ kind: "delivery", runId: run.id, delivery });
}

type CallResult = Pick<WebhookCall, "errorMessage" | "responseStatus" | "responseBody">;

/** The result of one attempt, or "closing" if the emulator was closed meanwhile. */
async function withTimeout(
  state: EmulatorState,
  send: (signal: AbortSignal) => Promise<WebhookAnswer>,
): Promise<CallResult | "closing"> {
  const stop = new AbortController();
  let stopped: "closing" | "timeout" | undefined;
  const close = (): void => {
    stopped = "closing";
    stop.abort();
  };
  state.deliveries.add(close);
  const cancelTimer = state.clock.setTimer(timeoutMillis, () => {
    stopped = "timeout";
    stop.abort();
  });
  try {
    const { status, body } = await send(stop.signal);
    const isSuccess = status >= 200 && status < 300;
    const errorMessage = isSuccess ? null : `Endpoint responded with HTTP status code ${status}`;
    return { errorMessage, responseStatus: status, responseBody: body };
  } catch (error) {
    if (stopped === "closing") return "closing";
    const reason = stopped === "timeout" ? "timeout of 2 minutes" : (error as Error).message;
    return { errorMessage: reason, responseStatus: null, responseBody: null };
  } finally {
    cancelTimer();
    state.deliveries.delete(close);
  }
}

/** Fills the templates in at once: a later attempt sends the run as it was at the time of the event. */
function filledIn(
  { payloadTemplate, headersTemplate, shouldInterpolateStrings }: AdHocWebhook,
  variables: JsonObject,
): Pick<PendingDelivery, "headers" | "body"> {
  const strings = shouldInterpolateStrings === true ? "interpolated" : "kept";
  const fill = (template: string): unknown => filledTemplate(template, { variables, strings });
  const payload = fill(isTemplate(payloadTemplate) ? payloadTemplate : defaultPayload);
  return {
    headers: isTemplate(headersTemplate) ? headersIn(fill(headersTemplate)) : {},
    body: JSON.stringify(payload),
  };
}

function post(
  state: EmulatorState,
  { entry, delivery, pending }: Attempted,
  signal: AbortSignal,
): Promise<WebhookAnswer> {
  const { id, requestUrl: url } = delivery.dispatch;
  if (!isAllowedTarget(state, url)) return Promise.reject(notAllowed(url));
  const headers = mergedHeaders(pending.headers, {
    "Content-Type": "application/json",
    "X-Apify-Webhook": "yo",
    "X-Apify-Webhook-Dispatch-Id": id,
    "X-Apify-Request-Origin": "WEBHOOK",
    // Apify adds the token to requests to its own API.
    ...(new URL(url).origin === state.url ? { Authorization: `Bearer ${entry.owner.token}` } : {}),
  });
  const certificates = pending.webhook.ignoreSslErrors === true ? "ignored" : "checked";
  return postWebhook({ url, headers, body: pending.body, certificates, signal });
}

/** The platform's own headers, and Host, win over those of a template. */
function mergedHeaders(
  given: Readonly<Record<string, string>>,
  own: Readonly<Record<string, string>>,
): Record<string, string> {
  const reserved = new Set(
    ["host", "content-length", "transfer-encoding", ...Object.keys(own)].map((name) =>
      name.toLowerCase(),
    ),
  );
  const kept = Object.entries(given).filter(([name]) => !reserved.has(name.toLowerCase()));
  return { ...Object.fromEntries(kept), ...own };
}

function variablesOf(
  state: EmulatorState,
  { run, owner }: RunEntry,
  eventType: RunEvent,
): JsonObject {
  const now = state.clock.now();
  const { actId, actorTaskId, id } = run;
  return {
    userId: owner.id,
    createdAt: timestamp(state),
    eventType,
    eventData: {
      actorId: actId,
      ...(actorTaskId === null ? {} : { actorTaskId }),
      actorRunId: id,
    },
    resource: structuredClone(run),
    globals: { dateISO: timestamp(state), dateUnix: Math.floor(now / 1000) },
  };
}
