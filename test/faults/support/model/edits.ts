import { owesTakeOver } from "./runOrigins";
import type { Run } from "../../../../emulator";
import type { Args } from "../../../../provider/resources/taskRun/argumentTable";
import type { Model, ResourceName, StackName } from "./model";

/** A change of the program. */
export type Edit =
  | { readonly what: "input"; readonly of: ResourceName; readonly query: number }
  /** The same input with its keys in another order. */
  | { readonly what: "keyOrder"; readonly of: ResourceName }
  | { readonly what: "build"; readonly of: ResourceName; readonly build: "latest" | "beta" | null }
  | { readonly what: "waitSecs"; readonly of: ResourceName; readonly waitSecs: number }
  | {
      readonly what: "onDelete";
      readonly of: ResourceName;
      readonly onDelete: "abort" | "keep" | "purge";
    }
  /** The n-th run of the task is to be taken over, whoever started it. */
  | { readonly what: "adoptRunId"; readonly of: ResourceName; readonly run: number }
  | { readonly what: "noAdoptRunId"; readonly of: ResourceName };

/** Changes the program of a stack. */
export function applyEdit(model: Model, stack: StackName, edit: Edit): void {
  model.resources[stack][edit.of].args = edited(model, stack, edit);
}

/**
 * Whether a user may make this change now. While a kill has left a run that nobody knows of, the
 * program stays as it is until an `up` has looked for that run: one that wants something else
 * looks for something else. This is a limit of the run key, which is of the intent.
 */
export function isPossible(model: Model, stack: StackName, edit: Edit | undefined): boolean {
  if (edit === undefined || edit.what === "keyOrder" || edit.what === "onDelete") return true;
  if (edit.what === "adoptRunId" && adoptable(model, edit).length === 0) return false;
  return !owesTakeOver(model, stack, edit.of);
}

function edited(model: Model, stack: StackName, edit: Edit): Args {
  const { args } = model.resources[stack][edit.of];
  switch (edit.what) {
    case "input":
      return { ...args, input: inputOf(edit) };
    case "keyOrder":
      return { ...args, input: Object.fromEntries(Object.entries(args.input ?? {}).reverse()) };
    case "build":
      return { ...without(args, "build"), ...(edit.build === null ? {} : { build: edit.build }) };
    case "waitSecs":
      return { ...args, waitSecs: edit.waitSecs };
    case "onDelete":
      return { ...args, onDelete: edit.onDelete };
    case "adoptRunId": {
      const runs = adoptable(model, edit);
      return { ...args, adoptRunId: runs[edit.run % runs.length]?.id };
    }
    case "noAdoptRunId":
      return without(args, "adoptRunId");
  }
}

function adoptable(model: Model, { of }: Pick<Edit, "of">): readonly Run[] {
  return model.world.emulator.runs().filter(({ id }) => model.origins.get(id)?.resource === of);
}

/** Nested, so that the order of inner keys counts no more than that of outer ones. */
function inputOf({ of, query }: Extract<Edit, { what: "input" }>): Record<string, unknown> {
  return { resource: of, query, filter: { from: query, to: query + 1 } };
}

function without(args: Args, name: "build" | "adoptRunId"): Args {
  return Object.fromEntries(Object.entries(args).filter(([key]) => key !== name)) as Args;
}
