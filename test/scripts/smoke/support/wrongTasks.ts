import { afterwards, alterData, alterItems, alterStatus } from "./alterations";
import type { Emulator, JsonObject, RecordedRequest } from "../../../../emulator";
import type { Wrong } from "./alterations";

const postTask = /^POST \/v2\/actor-tasks$/;
const putTask = /^PUT \/v2\/actor-tasks\/\w+$/;
const getTask = /^GET \/v2\/actor-tasks\/\w+$/;
const postRuns = /^POST \/v2\/actor-tasks\/[^/]+\/runs/;

const inTasks =
  (pattern: RegExp, change: (task: JsonObject) => JsonObject): Wrong =>
  (apify) => {
    alterData(apify, pattern, (task) => ({ ...task, ...change(task) }));
  };

/** Edits the task of each request that matches. */
const editing =
  (pattern: RegExp, patch: Parameters<Emulator["editTask"]>[1]): Wrong =>
  (apify) => {
    afterwards(apify, pattern, ({ pathname }: RecordedRequest) => {
      apify.editTask(pathname.split("/")[3] ?? "", patch);
    });
  };

const status =
  (pattern: RegExp, from: number, to: number): Wrong =>
  (apify) => {
    alterStatus(apify, pattern, { from, to });
  };

/** Tasks, and the bodies of requests. */
export const ofTasks: Readonly<Record<string, readonly Wrong[]>> = {
  "task-actor-by-name": [
    inTasks(postTask, () => ({ actId: "apify~hello-world" })),
    status(postTask, 201, 404),
  ],
  "task-create": [
    inTasks(postTask, () => ({ options: {} })),
    inTasks(postTask, () => ({ input: null })),
  ],
  "task-description": [inTasks(getTask, () => ({ description: undefined }))],
  "task-found-by-name": [status(/^GET \/v2\/actor-tasks\/janedoe~/, 200, 404)],
  "task-list": [
    (apify) => {
      alterItems(apify, /^GET \/v2\/actor-tasks\?/, (items) =>
        items.map((item) => ({ ...item, username: undefined })),
      );
    },
  ],
  "task-put-partial": [
    editing(putTask, { description: null }),
    editing(putTask, { input: { a: 1 } }),
  ],
  "task-put-null": [editing(putTask, { title: "Kept" }), editing(putTask, { options: {} })],
  "task-empty-input": [inTasks(postTask, () => ({ input: { message: "Prefilled" } }))],
  "task-standby": [inTasks(getTask, () => ({ actorStandby: null }))],
  "task-modified-at": [
    inTasks(getTask, () => ({ modifiedAt: "2026-01-01T00:00:00.000Z" })),
    editing(postRuns, { title: "Touched" }),
  ],
  "task-name-unique": [status(postTask, 409, 201), status(postTask, 409, 409)],
  "task-rename-taken": [status(putTask, 409, 200)],
  "task-rename": [status(/^GET \/v2\/actor-tasks\/~/, 404, 200)],
  "task-name-length": [status(putTask, 400, 200)],
  "task-delete": [status(/^DELETE \/v2\/actor-tasks/, 404, 204), status(getTask, 404, 200)],
  "task-delete-keeps-runs": [
    (apify) => {
      afterwards(apify, /^DELETE \/v2\/actor-tasks/, () => {
        for (const { id } of apify.runs()) apify.expireRun(id);
      });
    },
  ],
  "compressed-body": [status(putTask, 200, 415)],
  "largest-body": [status(putTask, 413, 200)],
};
