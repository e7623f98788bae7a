import type { CustomTimeouts } from "@pulumi/pulumi";
import type { HiddenInputs } from "../engine/hiddenInputs";

/**
 * The time limits that `customTimeouts` sets, in seconds; `undefined` if it sets no limit that this
 * package uses. Pure.
 */
export function timeLimitSecs({ create, update }: CustomTimeouts = {}): TimeLimitSecs | undefined {
  const limits = { create: durationSecs(create ?? ""), update: durationSecs(update ?? "") };
  const set = Object.entries(limits).filter(([, secs]) => secs !== undefined);
  return set.length === 0 ? undefined : Object.fromEntries(set);
}

type TimeLimitSecs = NonNullable<HiddenInputs["__timeLimitSecs"]>;

const secondsPer: Readonly<Record<string, number>> = {
  h: 3600,
  m: 60,
  s: 1,
  ms: 1e-3,
  us: 1e-6,
  µs: 1e-6,
  ns: 1e-9,
};

/**
 * The seconds of a duration such as `1h30m` or `90s`; `undefined` for any other text, which the engine
 * itself refuses. Pure.
 * Source: https://www.pulumi.com/docs/iac/concepts/options/customtimeouts/
 */
export function durationSecs(text: string): number | undefined {
  if (!/^(\d+(\.\d+)?(h|ms|m|s|us|µs|ns))+$/.test(text)) return undefined;
  let secs = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s|us|µs|ns)/g)) {
    secs += Number(amount) * (secondsPer[unit ?? ""] ?? 0);
  }
  return secs;
}
