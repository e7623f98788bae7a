import type { EmulatorState } from "./emulatorState";

/** Shorter tokens are words, and a text without those would not make sense. */
const minTokenChars = 8;

/**
 * A text without tokens: an Actor can log one, and an input or a webhook can have one.
 *
 * @param escaped - how the text writes a token, where that is not as it is
 */
export function withoutTokens(
  { users }: EmulatorState,
  text: string,
  escaped = (token: string): string => token,
): string {
  return users
    .map(({ token }) => token)
    .filter((token) => token.length >= minTokenChars)
    .sort((one, other) => other.length - one.length)
    .flatMap((token) => [token, escaped(token)])
    .reduce((shown, token) => shown.replaceAll(token, "(token)"), text)
    .replace(/apify_api_run_[A-Za-z0-9]+/g, "(token)");
}
