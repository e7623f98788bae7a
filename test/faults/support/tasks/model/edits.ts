import { owesTakeOver, strangers } from "./model";
import type { Args } from "../../../../../provider/resources/task/argumentTable";
import type { ResourceName, StackName, TaskModel } from "./model";

/** A change of the program. */
export type Edit = { readonly of: ResourceName } & (
  | { readonly what: "input"; readonly query: number | null }
  | { readonly what: "title"; readonly title: string | null }
  | { readonly what: "options"; readonly memoryMbytes: number | null }
  | { readonly what: "actor"; readonly actor: "quick" | "other" }
  | { readonly what: "name"; readonly name: "own" | "popular" | null }
  | { readonly what: "onDelete"; readonly onDelete: "delete" | "keep" }
  | { readonly what: "rename" }
  /** The n-th task of nobody is to be taken over. */
  | { readonly what: "adopt"; readonly n: number }
  | { readonly what: "noAdopt" }
);

/** Changes the program of a stack. */
export function applyEdit(model: TaskModel, stack: StackName, edit: Edit): void {
  const resource = model.resources[stack][edit.of];
  if (edit.what === "rename") resource.renames += 1;
  resource.args = edited(model, stack, edit, resource.args);
}

/** Whether a user may make this change now. */
export function isPossible(model: TaskModel, edit: Edit | undefined): boolean {
  if (edit === undefined) return true;
  if (edit.what === "adopt" && strangers(model).length === 0) return false;
  return !owesTakeOver(model);
}

function edited(model: TaskModel, stack: StackName, edit: Edit, args: Args): Args {
  switch (edit.what) {
    case "input":
      return withArgument(args, "input", edit.query === null ? null : { query: edit.query });
    case "title":
      return withArgument(args, "title", edit.title);
    case "options":
      return withArgument(
        args,
        "options",
        edit.memoryMbytes === null ? null : { memoryMbytes: edit.memoryMbytes },
      );
    case "actor":
      return { ...args, actorId: `janedoe~${edit.actor}` };
    case "name":
      return withArgument(args, "name", edit.name && `${edit.name}-${stack}-${edit.of}`);
    case "onDelete":
      return { ...args, onDelete: edit.onDelete };
    case "adopt": {
      const ids = strangers(model);
      return withArgument(args, "adoptTaskId", ids[edit.n % ids.length] ?? null);
    }
    case "noAdopt":
      return withArgument(args, "adoptTaskId", null);
    case "rename":
      return args;
  }
}

/** The arguments with another value of one; null omits it. */
export function withArgument<Name extends keyof Args>(
  args: Args,
  name: Name,
  value: Args[Name] | null,
): Args {
  const rest = Object.fromEntries(Object.entries(args).filter(([key]) => key !== name));
  return { ...rest, ...(value === null ? {} : { [name]: value }) } as Args;
}
