import { taskConsoleUrl } from "../../apify/urls";
import { taskFingerprint } from "../taskFingerprint";
import type { Task } from "../../apify/schemas/task";
import type { Account } from "../account";
import type { Args } from "./argumentTable";

/** The values that `check` adds to the arguments, so that a preview knows them. */
export interface Foreseen {
  /** The id of the Actor that `actorId` names. */
  readonly actId?: string | undefined;
  /** The fingerprint that the task will have. */
  readonly fingerprint?: string | undefined;
}

/** The arguments as `check` returns them: declared, validated, with a name and what can be foreseen. */
export type CheckedArgs = Args & Foreseen;

/** What is recorded of the task itself. A damaged state may lack any of it but the id. */
export interface TaskFacts {
  readonly id: string;
  readonly name?: string | undefined;
  readonly username?: string | undefined;
  readonly userId?: string | undefined;
  readonly actId?: string | undefined;
  readonly createdAt?: string | undefined;
  readonly modifiedAt?: string | undefined;
  /** See `taskFingerprint`. */
  readonly fingerprint?: string | undefined;
  /** The task's page in Apify Console. */
  readonly consoleUrl?: string | undefined;
}

/** The recorded state of a Task: its arguments, in which a refresh puts what the task has, and its facts. */
export interface TaskState {
  readonly args: Args;
  readonly facts: TaskFacts;
}

/** Makes the state to record after the task was read or changed. */
export function stateOf(args: Args, task: Task, { consoleUrl }: Account): TaskState {
  const { id, name, username, userId, actId, createdAt, modifiedAt } = task;
  return {
    args,
    facts: {
      id,
      name: name ?? undefined,
      username: username ?? undefined,
      userId,
      actId,
      createdAt: createdAt ?? undefined,
      modifiedAt: modifiedAt ?? undefined,
      fingerprint: taskFingerprint(task),
      consoleUrl: taskConsoleUrl(consoleUrl, id),
    },
  };
}
