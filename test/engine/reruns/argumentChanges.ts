import { strangers } from "./scenario";
import type { Changes } from "./scenario";
import type { RowName } from "./table";

const [one, other] = strangers;

const webhooks = [{ eventTypes: ["ACTOR.RUN.SUCCEEDED"], requestUrl: "https://example.com/" }];

/** Rows in which the program changes. */
export const argumentChanges = {
  "nothing at all": { unchanged: {} },
  "`actorTaskId` changed": { actorTaskId: { after: { actorTaskId: "janedoe~scrape-more" } } },
  "a value in `input` changed, at any depth, or the order of a list": {
    input: {
      before: { input: { pages: [{ limit: 1 }] } },
      after: { input: { pages: [{ limit: 2 }] } },
    },
    listOrder: {
      before: { input: { list: [1, 2] } },
      after: { input: { list: [2, 1] } },
      because: "input",
    },
  },
  "only the order of keys in `input` changed, or `/` for `~` in `actorTaskId`": {
    keyOrder: {
      before: { input: { a: { x: 1, y: [{ p: 1, q: 2 }] }, b: 3 } },
      after: { input: { b: 3, a: { y: [{ q: 2, p: 1 }], x: 1 } } },
    },
    slash: {
      before: { actorTaskId: "janedoe/scrape" },
      after: { actorTaskId: "janedoe~scrape" },
    },
    tilde: {
      before: { actorTaskId: "janedoe~scrape" },
      after: { actorTaskId: "janedoe/scrape" },
    },
  },
  "`build`, `maxItems`, `maxTotalChargeUsd`, `triggers` or `idempotencyKey` changed, or was left out":
    {
      build: { before: { build: "latest" }, after: { build: "beta" } },
      buildLeftOut: { before: { build: "beta" }, because: "build", after: {} },
      maxItems: { before: { maxItems: 10 }, after: { maxItems: 20 } },
      maxTotalChargeUsd: {
        before: { maxTotalChargeUsd: 1 },
        after: { maxTotalChargeUsd: 2.5 },
      },
      triggers: {
        before: { triggers: ["monday", { week: 1 }] },
        after: { triggers: ["monday", { week: 2 }] },
      },
      idempotencyKey: { before: { idempotencyKey: "a" }, after: { idempotencyKey: "b" } },
    },
  "`adoptRunId` names another run": {
    adoptRunId: { before: { adoptRunId: one }, after: { adoptRunId: other } },
  },
  "`adoptRunId` was removed again": { adopted: { before: { adoptRunId: one }, after: {} } },
  "another argument changed, or the data got too old, while `adoptRunId` is set": {
    held: {
      before: { adoptRunId: one },
      after: { adoptRunId: one, build: "beta" },
      says: "The change to `build` does not start a run while `adoptRunId` is set. It takes effect once `adoptRunId` is removed.",
    },
    adoptedLongAgo: {
      before: { adoptRunId: one, maxAgeSecs: 9999, cron: "0 0 1 1 *" },
      meanwhile: (emulator, runId) => {
        emulator.setStatus(runId, { startedAt: "2020-01-01T00:00:00.000Z" });
      },
    },
  },
  "`acceptStatuses` no longer holds the status of the last run": {
    refused: {
      before: { input: { exitCode: 1 }, acceptStatuses: ["SUCCEEDED", "FAILED"] },
      after: { input: { exitCode: 1 }, acceptStatuses: ["SUCCEEDED"], onFailure: "continue" },
      because: "status",
      says: "Run RUN ended with status FAILED",
    },
  },
  "`acceptStatuses` now holds the status of the last run": {
    accepted: {
      before: { input: { exitCode: 1 }, onFailure: "continue" },
      after: { input: { exitCode: 1 }, acceptStatuses: ["SUCCEEDED", "FAILED"] },
    },
  },
  "`maxAgeSecs`, `cron` or `timeZone` changed, and the last run is young enough for it": {
    maxAgeSecs: { before: { maxAgeSecs: 9999 }, after: { maxAgeSecs: 8888 } },
    cron: { before: { cron: "0 0 1 1 *" }, after: { cron: "0 0 1 2 *" } },
    timeZone: {
      before: { cron: "0 0 1 1 *" },
      after: { cron: "0 0 1 1 *", timeZone: "Europe/Prague" },
    },
  },
  "the run is still running, and is waited for": {
    waiting: {
      before: { actorTaskId: "janedoe~by-hand", waitSecs: 0 },
      after: { actorTaskId: "janedoe~by-hand" },
      says: "Resuming the wait for run RUN: https://",
    },
  },
  "the run is still running, and `waitSecs` is 0": {
    unattended: { before: { actorTaskId: "janedoe~by-hand-too", waitSecs: 0 } },
  },
  "`onDelete`, `onExpired` or `account` changed, or `trackTask` was turned on": {
    onDelete: { before: { onDelete: "abort" }, after: { onDelete: "keep" } },
    onExpired: { after: { onExpired: "rerun" } },
    account: { after: { account: "jane" } },
    trackTask: { after: { trackTask: true } },
  },
  "`timeoutSecs`, `memoryMbytes`, `restartOnError` or `webhooks` changed": {
    timeoutSecs: {
      before: { timeoutSecs: 60 },
      after: { timeoutSecs: 120 },
      says: "The change to `timeoutSecs` takes effect with the next run of the task; it does not start one.",
    },
    memoryMbytes: {
      before: { memoryMbytes: 256 },
      after: {},
      says: "The change to `memoryMbytes` takes effect with the next run of the task; it does not start one.",
    },
    restartOnError: {
      after: { restartOnError: true, webhooks },
      says: "The change to `restartOnError`, `webhooks` takes effect with the next run of the task; it does not start one.",
    },
  },
  "`waitSecs`, `startWaitSecs`, `onFailure` or `showLog` changed": {
    waitSecs: { before: { waitSecs: 100 }, after: { waitSecs: 200 } },
    startWaitSecs: { before: { startWaitSecs: 100 }, after: { startWaitSecs: 200 } },
    onFailure: { after: { onFailure: "continue" } },
    showLog: { after: { showLog: true } },
  },
} satisfies Partial<Record<RowName, Changes>>;
