import { findActor } from "../state/lookup";
import type { EmulatorState } from "../state/emulatorState";
import type { Task } from "../state/entities";

/** A task as `GET /v2/actor-tasks/:id` returns it. */
export function taskView(task: Task): object {
  const { build, timeoutSecs, memoryMbytes, maxItems, maxTotalChargeUsd, restartOnError } =
    task.options;
  return {
    id: task.id,
    userId: task.userId,
    username: task.username,
    actId: task.actId,
    name: task.name,
    title: task.title,
    description: task.description,
    createdAt: task.createdAt,
    modifiedAt: task.modifiedAt,
    removedAt: null,
    stats: { totalRuns: task.totalRuns },
    options: {
      build: build ?? null,
      timeoutSecs: timeoutSecs ?? null,
      memoryMbytes: memoryMbytes ?? null,
      maxItems: maxItems ?? null,
      maxTotalChargeUsd: maxTotalChargeUsd ?? null,
      restartOnError: restartOnError ?? null,
    },
    input: task.input,
    actorStandby: task.actorStandby,
    standbyUrl: null,
    isPublic: false,
  };
}

/** A task as lists contain it. */
export function taskListItem(state: EmulatorState, task: Task): object {
  const { id, userId, username, actId, name, title, createdAt, modifiedAt } = task;
  const actor = findActor(state, actId);
  return {
    ...{ id, userId, username, actId, name, title, createdAt, modifiedAt },
    actName: actor?.name ?? null,
    actUsername: actor?.username ?? null,
    stats: { totalRuns: task.totalRuns },
  };
}
