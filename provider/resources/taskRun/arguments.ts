import { z } from "zod";
import { argumentsOfDeployment } from "./arguments/ofDeployment";
import { argumentsOfRerun } from "./arguments/ofRerun";
import { argumentsOfRun } from "./arguments/ofRun";
import { unexpectedProperty } from "./arguments/row";
import type { ChangeEffect, Kind } from "./arguments/row";

/**
 * The one definition of the arguments of a TaskRun, in the order of the documentation. `tsc` fails while
 * the public `TaskRunArgs` has others (test/types).
 */
export const argumentTable = { ...argumentsOfRun, ...argumentsOfRerun, ...argumentsOfDeployment };

type Table = typeof argumentTable;

/** The name of an argument. */
export type ArgumentName = keyof Table;

/** The names of the arguments of which a change has this effect. */
export type ArgumentsThat<Effect extends ChangeEffect> = {
  [Name in ArgumentName]: Table[Name]["change"] extends Effect ? Name : never;
}[ArgumentName];

/** All argument names. */
export const argumentNames = Object.keys(argumentTable) as readonly ArgumentName[];

/** The arguments of which a change starts no run and takes effect at the next one. */
export const nextRunArguments = argumentsThat("nextRun");

/** The arguments that a later refresh or delete reads from the state, so that a change has to be stored. */
export const storedArguments = argumentsThat("stored");

/** What kind of value each argument has. */
export const argumentKinds = mapTable(({ kind }) => kind) as Readonly<Record<ArgumentName, Kind>>;

/** The shape of the arguments. */
export const argsSchema = z.strictObject(
  mapTable(({ schema }) => schema) as { [Name in ArgumentName]: Table[Name]["schema"] },
  { error: unexpectedProperty("must be an object") },
);

/** The arguments of a TaskRun, checked. */
export type Args = z.infer<typeof argsSchema>;

/** `username/name` is how Apify Console shows a task; the API takes `username~name`. */
export function normalizeTaskId(text: string): string {
  return text.replace("/", "~");
}

function argumentsThat<Effect extends ChangeEffect>(
  effect: Effect,
): readonly ArgumentsThat<Effect>[] {
  const isOne = (name: ArgumentName): name is ArgumentsThat<Effect> =>
    argumentTable[name].change === effect;
  return argumentNames.filter(isOne);
}

function mapTable<Value>(pick: (row: Table[ArgumentName]) => Value): Record<string, Value> {
  return Object.fromEntries(Object.entries(argumentTable).map(([name, row]) => [name, pick(row)]));
}
