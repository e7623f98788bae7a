import { canonicalJson } from "./canonicalJson";

/** The arguments that decide which run is wanted: two runs for the same intent are interchangeable. */
export interface Intent {
  readonly actorTaskId: string;
  readonly input?: Readonly<Record<string, unknown>> | undefined;
  readonly build?: string | undefined;
  readonly maxItems?: number | undefined;
  readonly maxTotalChargeUsd?: number | undefined;
  readonly triggers?: readonly unknown[] | undefined;
  readonly idempotencyKey?: string | undefined;
}

/** The arguments whose change causes another run. */
export const intentArguments = [
  "actorTaskId",
  "input",
  "build",
  "maxItems",
  "maxTotalChargeUsd",
  "triggers",
  "idempotencyKey",
] as const satisfies readonly (keyof Intent)[];

/** An argument whose change causes another run. */
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
 * The arguments as canonical JSON, without those that have no effect. So an argument that a later version
 * adds does not change today's intents. Pure.
 */
export function canonicalIntent(
  intent: Partial<Intent>,
): Readonly<Partial<Record<IntentArgument, string>>> {
  const texts = intentArguments.map((name) => [name, canonicalJson(intent[name])] as const);
  return Object.fromEntries(
    texts.filter(([name, text]) => text !== "null" && text !== emptyTexts[name]),
  );
}

/** An empty `input` or `triggers` has the same effect as an omitted one. */
const emptyTexts: Readonly<Partial<Record<IntentArgument, string>>> = {
  input: "{}",
  triggers: "[]",
};
