import { timestamp } from "../../state/emulatorState";
import { journalRun } from "../changeListeners";
import { headersIn, isTemplate } from "./parseWebhooks";
import { postWebhook } from "./post";
import { defaultPayload, filledTemplate } from "./template";
import { isAllowedTarget, notAllowed } from "./targets";
import type { JsonObject } from "../../json";
import type { EmulatorState } from "../../state/emulatorState";
import type { RunEntry } from "../../state/entities";
import type { AdHocWebhook, RunEvent, WebhookCall, WebhookDispatch } from "../../state/webhook";

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
    entry.dispatches.push(dispatch);
    const delivery = deliveryOf(state, entry, { webhook, dispatch, variables });
    void attempt(state, { entry, webhook, dispatch, send: delivery });
  }
  journalRun(state, entry);
}

/** Continues the deliveries that were going on when the emulator ended. */
export function resumeDeliveries(state: EmulatorState, entry: RunEntry): void {
  for (const dispatch of entry.dispatches) {
    if (dispatch.status !== "ACTIVE") continue;
    const webhook = entry.webhooks.find(
      ({ requestUrl, eventTypes }) =>
        requestUrl === dispatch.requestUrl && eventTypes.includes(dispatch.eventType),
    );
    if (webhook === undefined) continue;
    const variables = variablesOf(state, entry, dispatch.eventType);
    const send = deliveryOf(state, entry, { webhook, dispatch, variables });
    void attempt(state, { entry, webhook, dispatch, send });
  }
}

interface Attempted {
  readonly entry: RunEntry;
  readonly webhook: AdHocWebhook;
  readonly dispatch: WebhookDispatch;
  readonly send: (signal: AbortSignal) => Promise<{ status: number; body: string }>;
}

async function attempt(state: EmulatorState, attempted: Attempted): Promise<void> {
  const { entry, webhook, dispatch, send } = attempted;
  const startedAt = timestamp(state);
  const result = await withTimeout(state, send);
  if (result === "closing") return;
  const call: WebhookCall = { startedAt, finishedAt: timestamp(state), ...result };
  dispatch.calls.push(call);
  const retries = dispatch.calls.length - 1;
  const isFinal = webhook.doNotRetry === true || retries >= maxRetries;
  if (call.errorMessage === null) dispatch.status = "SUCCEEDED";
  else if (isFinal || !isAllowedTarget(state, webhook.requestUrl)) dispatch.status = "FAILED";
  journalRun(state, entry);
  if (dispatch.status !== "ACTIVE") return;
  const cancel = state.clock.setTimer(firstPauseMillis * 2 ** retries, () => {
    state.deliveries.delete(cancel);
    void attempt(state, attempted);
  });
  state.deliveries.add(cancel);
}

type CallResult = Pick<WebhookCall, "errorMessage" | "responseStatus" | "responseBody">;

/** The result of one attempt, or "closing" if the emulator was closed meanwhile. */
async function withTimeout(
  state: EmulatorState,
  send: Attempted["send"],
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

/** Fills the templates in now: a later attempt sends the run as it was at the time of the event. */
function deliveryOf(
  state: EmulatorState,
  entry: RunEntry,
  {
    webhook,
    dispatch,
    variables,
  }: { webhook: AdHocWebhook; dispatch: WebhookDispatch; variables: JsonObject },
): Attempted["send"] {
  const { requestUrl, payloadTemplate, headersTemplate, shouldInterpolateStrings } = webhook;
  const strings = shouldInterpolateStrings === true ? "interpolated" : "kept";
  const fill = (template: string): unknown => filledTemplate(template, { variables, strings });
  const payload = fill(isTemplate(payloadTemplate) ? payloadTemplate : defaultPayload);
  const body = JSON.stringify(payload);
  const headers = mergedHeaders(isTemplate(headersTemplate) ? fill(headersTemplate) : {}, {
    "Content-Type": "application/json",
    "X-Apify-Webhook": "yo",
    "X-Apify-Webhook-Dispatch-Id": dispatch.id,
    "X-Apify-Request-Origin": "WEBHOOK",
    // Apify adds the token to requests to its own API.
    ...(new URL(requestUrl).origin === state.url
      ? { Authorization: `Bearer ${entry.owner.token}` }
      : {}),
  });
  const certificates = webhook.ignoreSslErrors === true ? "ignored" : "checked";
  return (signal) => {
    if (!isAllowedTarget(state, requestUrl)) return Promise.reject(notAllowed(requestUrl));
    return postWebhook({ url: requestUrl, headers, body, certificates, signal });
  };
}

/** The platform's own headers, and Host, win over those of a template. */
function mergedHeaders(
  given: unknown,
  own: Readonly<Record<string, string>>,
): Record<string, string> {
  const reserved = new Set(
    ["host", "content-length", "transfer-encoding", ...Object.keys(own)].map((name) =>
      name.toLowerCase(),
    ),
  );
  const kept = Object.entries(headersIn(given)).filter(
    ([name]) => !reserved.has(name.toLowerCase()),
  );
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
