/** What becomes of a value that is nested too deeply. */
export type WhatIsTooDeep = "throws" | "becomesNull";

/** Removes the token from responses. Actors receive the token, and may log or store it. */
export interface Redaction {
  /** The text without the token. */
  text(text: string): string;
  /** The number of characters of the longest form of the token, plain or URL-encoded. */
  readonly longestForm: number;
  /**
   * Parses JSON, and removes the token from strings and keys. A value that is nested too deeply throws a
   * `NestingError`, or becomes null. Throws a `SyntaxError`, which quotes the text, if it is not JSON.
   */
  parseJson(json: string, whatIsTooDeep: WhatIsTooDeep): unknown;
}

/** Pulumi, gRPC and `JSON.stringify` run out of stack at a few thousand levels. Real data has far fewer. */
const deepestLevel = 200;

/** A value is nested too deeply. */
export class NestingError extends Error {
  override readonly name = "NestingError";

  constructor() {
    super(`the response is nested more than ${deepestLevel} levels deep`);
  }
}

/**
 * Shorter tokens, such as `t` for a local server, are not secret, and removing them would break words and
 * ids.
 */
const shortestSecret = 8;

const placeholder = "[token]";

/** Removes this token, including its form in a URL. */
export function redactionOf(token: string): Redaction {
  const forms = [...new Set([token, encodeURIComponent(token)])];
  const text = (given: string): string =>
    token.length < shortestSecret
      ? given
      : forms.reduce((rest, form) => rest.replaceAll(form, placeholder), given);
  const redacted = (value: unknown, whatIsTooDeep: WhatIsTooDeep, level = 0): unknown => {
    if (typeof value === "string") return text(value);
    if (typeof value !== "object" || value === null) return value;
    if (level === deepestLevel) {
      if (whatIsTooDeep === "throws") throw new NestingError();
      return null;
    }
    const below = (inner: unknown): unknown => redacted(inner, whatIsTooDeep, level + 1);
    if (Array.isArray(value)) return value.map(below);
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [text(key), below(inner)] as const),
    );
  };
  const parseJson: Redaction["parseJson"] = (json, whatIsTooDeep) => {
    const value: unknown = JSON.parse(json);
    // Most responses have nothing to remove, and no escapes that could hide it: they need no copy.
    const isClean = !json.includes("\\") && text(json) === json && openings(json) <= deepestLevel;
    return isClean ? value : redacted(value, whatIsTooDeep);
  };
  return { text, parseJson, longestForm: Math.max(...forms.map((form) => form.length)) };
}

/** The number of lists and objects that a JSON text opens, or more: nothing in it is nested deeper. */
function openings(json: string): number {
  return json.match(/[[{]/g)?.length ?? 0;
}
