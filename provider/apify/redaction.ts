/** Takes a token out of what comes back from outside: an Actor has it, and may log it or store it. */
export interface Redaction {
  /** The text without the token. */
  text(text: string): string;
  /** How many characters the longest form of the token has that is taken out. */
  readonly longestForm: number;
  /**
   * A JSON value without the token in its strings and keys. What is nested too deeply throws a
   * `NestingError`, or becomes null.
   */
  json(value: unknown, whatIsTooDeep: "throws" | "becomesNull"): unknown;
}

/** Pulumi, gRPC and `JSON.stringify` run out of stack at some thousand levels; no data is nested like that. */
const deepestLevel = 200;

/** A value has more levels than can be worked with. */
export class NestingError extends Error {
  override readonly name = "NestingError";

  constructor() {
    super(`the answer is nested deeper than ${deepestLevel} levels`);
  }
}

/**
 * A shorter token is no secret, as those of local servers can be (`t`, `id`), and to take it out
 * would break words and ids.
 */
const shortestSecret = 8;

const placeholder = "[token]";

/** Takes the token out, also where it was encoded for a URL. */
export function redactionOf(token: string): Redaction {
  const forms = [...new Set([token, encodeURIComponent(token)])];
  const text = (given: string): string =>
    token.length < shortestSecret
      ? given
      : forms.reduce((rest, form) => rest.replaceAll(form, placeholder), given);
  const json = (value: unknown, whatIsTooDeep: "throws" | "becomesNull", level = 0): unknown => {
    if (typeof value === "string") return text(value);
    if (typeof value !== "object" || value === null) return value;
    if (level === deepestLevel) {
      if (whatIsTooDeep === "throws") throw new NestingError();
      return null;
    }
    const below = (inner: unknown): unknown => json(inner, whatIsTooDeep, level + 1);
    if (Array.isArray(value)) return value.map(below);
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [text(key), below(inner)] as const),
    );
  };
  return { text, json, longestForm: Math.max(...forms.map((form) => form.length)) };
}
