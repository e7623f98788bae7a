import { canonicalJson } from "./canonicalJson";

/** What decides that a run is wanted, and which one. */
export interface Intent {
  readonly actorTaskId: string;
  readonly input?: Readonly<Record<string, unknown>> | undefined;
  readonly build?: string | undefined;
  readonly maxItems?: number | undefined;
  readonly maxTotalChargeUsd?: number | undefined;
  readonly triggers?: readonly unknown[] | undefined;
  readonly idempotencyKey?: string | undefined;
}

/** The arguments of which a change means another run. */
export const intentArguments = [
  "actorTaskId",
  "input",
  "build",
  "maxItems",
  "maxTotalChargeUsd",
  "triggers",
  "idempotencyKey",
] as const satisfies readonly (keyof Intent)[];

/** An argument of which a change means another run. */
export type IntentArgument = (typeof intentArguments)[number];

/** The arguments in which two intents differ. Pure. */
export function changedIntent(
  before: Partial<Intent>,
  after: Partial<Intent>,
): readonly IntentArgument[] {
  const [one, other] = [canonicalIntent(before), canonicalIntent(after)];
  return intentArguments.filter((name) => one[name] !== other[name]);
}

/**
 * The arguments as canonical texts, without those that ask for nothing. An argument that a later
 * version adds is absent from the intents of today, and so changes none of them. Pure.
 */
export function canonicalIntent(
  intent: Partial<Intent>,
): Readonly<Partial<Record<IntentArgument, string>>> {
  const texts = intentArguments.map((name) => [name, canonicalJson(intent[name])] as const);
  return Object.fromEntries(
    texts.filter(([name, text]) => text !== "null" && text !== emptyTexts[name]),
  );
}

/** Leaving out `input` or `triggers` asks for the same as giving an empty one. */
const emptyTexts: Readonly<Partial<Record<IntentArgument, string>>> = {
  input: "{}",
  triggers: "[]",
};
