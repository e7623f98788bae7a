import { ApiError, notFound } from "../http/errors";
import { checkTaskPatch, withoutNulls } from "../state/editTask";
import { findActor } from "../state/lookup";
import { addTask, isTaskNameTaken } from "../state/tasks";
import { checkSavedInput, prefilledInput } from "./input";
import { resolveBuild } from "./options";
import type { JsonObject } from "../json";
import type { DeclaredRunOptions, InputSchema } from "../state/declarationTypes";
import type { EmulatorState } from "../state/emulatorState";
import type { Actor, Task, User } from "../state/entities";

/** https://docs.apify.com/platform/limits: tasks per user */
const maxTasks = 5000;

/**
 * Creates a task from the body of a request. Without a name, a title or an input it gets those that
 * Apify gives it: a name from the Actor's, a title from its name, and the prefilled input.
 *
 * @throws ApiError if the body is not valid; nothing was created then
 */
export function createTask(state: EmulatorState, owner: User, body: JsonObject): Task {
  const { actId, ...given } = body;
  if (typeof actId !== "string") {
    throw new ApiError("schema-validation", { message: "Actor ID is required" });
  }
  const {
    name: requestedName,
    title,
    description,
    options,
    actorStandby,
    ...rest
  } = checkTaskPatch(given);
  const actor = findActor(state, actId, owner);
  if (actor === undefined) throw notFound("Actor");
  if (state.tasks.filter(({ userId }) => userId === owner.id).length >= maxTasks) {
    throw new ApiError("too-many-actor-tasks");
  }
  if (requestedName !== undefined && isTaskNameTaken(state, { owner, name: requestedName })) {
    throw new ApiError("actor-task-name-not-unique");
  }
  const name = requestedName ?? freeName(state, owner, `${actor.name}-task`);
  const taskOptions = withoutNulls(options ?? {});
  const schema = schemaOf(actor, taskOptions);
  const input = rest.input === undefined ? prefilledInput(schema) : rest.input;
  if (rest.input) checkSavedInput(schema, rest.input);
  return addTask(state, {
    owner,
    actId: actor.id,
    name,
    title: title === undefined ? titleOf(name) : title,
    description,
    input,
    options: taskOptions,
    actorStandby,
  });
}

/** The input schema of the build that a task runs; none if the Actor or the build is missing. */
export function schemaOf(
  actor: Actor | undefined,
  options: DeclaredRunOptions,
): InputSchema | undefined {
  if (actor === undefined) return undefined;
  try {
    return resolveBuild(actor, options.build ?? actor.defaultRunOptions.build ?? "latest")
      .inputSchema;
  } catch {
    // A task can be saved before its build exists; starting it is what fails.
    return undefined;
  }
}

function freeName(state: EmulatorState, owner: User, base: string): string {
  let name = base;
  for (let number = 1; isTaskNameTaken(state, { owner, name }); number += 1) {
    name = `${base}-${number}`;
  }
  return name;
}

/** `my-task` is titled `My Task`. */
function titleOf(name: string): string {
  return name
    .split("-")
    .filter((word) => word !== "")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(" ");
}
