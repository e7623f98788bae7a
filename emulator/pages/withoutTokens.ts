import { escaped } from "./html";
import type { EmulatorState } from "../state/emulatorState";

/** Shorter tokens are words, and a page without those would not make sense. */
const minTokenChars = 8;

/** A text, or markup, without tokens: an Actor can log one, and an input or a webhook can have one. */
export function withoutTokens({ users }: EmulatorState, text: string): string {
  return users
    .map(({ token }) => token)
    .filter((token) => token.length >= minTokenChars)
    .sort((one, other) => other.length - one.length)
    .flatMap((token) => [token, escaped(token)])
    .reduce((shown, token) => shown.replaceAll(token, "(token)"), text)
    .replace(/apify_api_run_[A-Za-z0-9]+/g, "(token)");
}
