import { isTerminal } from "../state/run";
import { millisOf } from "./times";
import type { EmulatorState } from "../state/emulatorState";
import type { Actor, RunEntry, Task } from "../state/entities";
import type { Span } from "./timeline";

/** A run as pages show it. A test can put any value into any field of a run. */
export interface ShownRun {
  readonly id: string;
  readonly entry: RunEntry;
  readonly status: string;
  readonly isOver: boolean;
  readonly message: string | undefined;
  readonly task: Task | undefined;
  readonly actor: Actor;
  readonly span: Span;
  readonly finishedAt: number | undefined;
}

/** The part of a run that lists and pages share. */
export function shownRun(state: EmulatorState, entry: RunEntry): ShownRun {
  const run: Readonly<Record<string, unknown>> = { ...entry.run };
  const status = String(run.status);
  const from = millisOf(run.startedAt) ?? entry.createdAt;
  const finishedAt = millisOf(run.finishedAt);
  const isOver = isTerminal(status);
  return {
    id: String(run.id),
    entry,
    status,
    isOver,
    message: typeof run.statusMessage === "string" ? run.statusMessage : undefined,
    task: state.tasks.find(({ id }) => id === run.actorTaskId),
    actor: entry.actor,
    span: { from, to: finishedAt ?? (isOver ? from : state.clock.now()) },
    finishedAt,
  };
}

/** The name that people use for a run: its task's or, without one, its Actor's. */
export function nameOfRun({ task, actor }: ShownRun): string {
  return nameOf(task ?? actor);
}

/** `username~name`. */
export function nameOf({ username, name }: { username: string; name: string }): string {
  return `${username}~${name}`;
}
