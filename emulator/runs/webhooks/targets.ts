import { isThisMachine } from "../../http/hostCheck";
import type { EmulatorState } from "../../state/emulatorState";

/**
 * Whether a webhook may be delivered to this URL. By default only this machine may receive them: a
 * program that is tried out here usually declares the webhooks of its real deployment, and their
 * receivers must not hear of runs that Apify does not have.
 */
export function isAllowedTarget({ settings }: EmulatorState, url: string): boolean {
  return settings.webhookTargets === "any" || isThisMachine(url);
}

/** The error of a delivery that is not allowed. */
export function notAllowed(url: string): Error {
  return new Error(
    `The emulator did not send this webhook, because ${new URL(url).host} is not on this machine.`,
  );
}
