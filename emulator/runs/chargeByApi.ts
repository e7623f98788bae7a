import { ApiError, notFound } from "../http/errors";
import { addCharge, isPaidPerEvent, priceOf } from "./charge";
import type { JsonObject } from "../json";
import type { EmulatorState } from "../state/emulatorState";
import type { RunEntry } from "../state/entities";

const maxCount = 10_000_000;

/** How long the idempotency key of a charge is remembered. */
const keyMillis = 180_000;

/**
 * Charges a run as `POST /v2/actor-runs/:id/charge` does. Unlike Apify's SDK it does not heed the limit
 * of the run: https://docs.apify.com/api/v2/post-charge-run
 *
 * @throws ApiError if the run cannot be charged for this
 */
export function chargeByApi(
  state: EmulatorState,
  entry: RunEntry,
  { body, idempotencyKey }: { body: JsonObject; idempotencyKey: string | undefined },
): void {
  const { eventName: event, count = 1 } = body;
  if (typeof event !== "string" || event === "") throw invalid('"eventName" must be a string');
  if (typeof count !== "number" || !Number.isInteger(count) || count < 1 || count > maxCount) {
    throw invalid(`"count" must be an integer from 1 to ${maxCount}`);
  }
  if (idempotencyKey === undefined || idempotencyKey === "") {
    throw invalid('The header "idempotency-key" is required');
  }
  if (event.startsWith("apify-")) throw new ApiError("cannot-charge-apify-event");
  if (!isPaidPerEvent(entry)) throw new ApiError("cannot-charge-non-pay-per-event-actor");
  if (priceOf(entry, event) === undefined) throw notFound(`Pricing for the event "${event}"`);
  if (isRepeated(state, entry, idempotencyKey)) return;
  addCharge(state, entry, { event, count, idempotencyKey });
}

function isRepeated(state: EmulatorState, { chargeKeys }: RunEntry, key: string): boolean {
  const now = state.clock.now();
  for (const [old, at] of chargeKeys) {
    if (now - at < keyMillis) break;
    chargeKeys.delete(old);
  }
  return chargeKeys.has(key);
}

function invalid(message: string): ApiError {
  return new ApiError("invalid-request", { message });
}
