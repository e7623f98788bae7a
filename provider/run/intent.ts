import { canonicalJson } from "./canonical";

/** What decides that a run is wanted, and which one. */
export interface Intent {
  readonly actorTaskId: string;
  readonly input?: Readonly<Record<string, unknown>> | undefined;
  readonly build?: string | undefined;
  readonly maxItems?: number | undefined;
  readonly maxTotalChargeUsd?: number | undefined;
  readonly triggers?: readonly unknown[] | undefined;
}

/** The arguments of which a change means another run. */
export const intentArguments = [
  "actorTaskId",
  "input",
  "build",
  "maxItems",
  "maxTotalChargeUsd",
  "triggers",
] as const satisfies readonly (keyof Intent)[];

/** An argument of which a change means another run. */
export type IntentArgument = (typeof intentArguments)[number];

/** The arguments in which two intents differ. Pure. */
export function changedIntent(
  before: Partial<Intent>,
  after: Partial<Intent>,
): readonly IntentArgument[] {
  return intentArguments.filter((name) => canonical(name, before) !== canonical(name, after));
}

/** Leaving out `input` or `triggers` asks for the same as giving an empty one. */
function canonical(name: IntentArgument, intent: Partial<Intent>): string {
  const value = intent[name];
  if (name === "input") return canonicalJson(value ?? {});
  if (name === "triggers") return canonicalJson(value ?? []);
  return canonicalJson(value);
}
