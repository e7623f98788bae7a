import type { Changes } from "./scenario";
import type { RowName } from "./table";

/** Apify's clock says that the run started in the year before the last one. */
const longAgo = { startedAt: `${new Date().getUTCFullYear() - 2}-07-01T12:00:00.000Z` };

/** Rows in which the program stays as it is, and Apify does not. */
export const apifyChanges = {
  "`trackBuild`: the tag points to another build than the one that ran": {
    newBuild: {
      before: { trackBuild: true, build: "beta" },
      meanwhile: (emulator) => {
        emulator.addBuild("janedoe~obedient", { number: "0.1.3", tags: ["beta"] });
      },
      because: "trackedBuild",
    },
  },
  "`trackTask`: the saved task was edited (Actor, input or options)": {
    edited: {
      before: { actorTaskId: "janedoe~scrape-more", trackTask: true },
      meanwhile: (emulator) => {
        emulator.editTask("janedoe~scrape-more", { input: { message: "edited" } });
      },
      because: "trackedTask",
    },
  },
  "`trackTask`: only the name or title of the task was edited": {
    retitled: {
      before: { trackTask: true },
      meanwhile: (emulator) => {
        emulator.editTask("janedoe~scrape", { title: "A better title" });
      },
    },
  },
  "`trackBuild`, `trackTask`: the lookup fails": {
    unreadable: {
      before: { actorTaskId: "janedoe~unreadable", trackBuild: true, trackTask: true, waitSecs: 0 },
      meanwhile: (emulator) => {
        emulator.editTask("janedoe~unreadable", { options: { build: "beta" } });
        emulator.use(({ pathname }, { response }) => {
          if (pathname !== "/v2/actor-tasks/janedoe~unreadable") return "pass";
          response.writeHead(403).end();
          return "handled";
        });
      },
      says: "Could not check `trackBuild` and `trackTask`, so the task is not run again for that reason. ",
    },
  },
  "the last run did not succeed: recorded with `onFailure: continue`, or seen by a refresh": {
    continued: {
      before: { input: { exitCode: 4 }, onFailure: "continue" },
      because: "status",
      says: "Run RUN ended with status FAILED",
    },
    aborted: {
      meanwhile: (emulator, runId) => {
        emulator.setStatus(runId, { status: "ABORTED" });
      },
      because: "status",
      says: "Run RUN ended with status ABORTED",
    },
  },
  "the last run started longer than `maxAgeSecs` ago": {
    old: {
      before: { maxAgeSecs: 9999 },
      meanwhile: (emulator, runId) => {
        emulator.setStatus(runId, longAgo);
      },
      because: "maxAgeSecs",
      says: `Run RUN started at ${longAgo.startedAt}. Its data has been too old since`,
    },
  },
  "a tick of `cron` since the last run started": {
    ticked: {
      before: { cron: "0 0 1 1 *", timeZone: "Asia/Tokyo" },
      meanwhile: (emulator, runId) => {
        emulator.setStatus(runId, longAgo);
      },
      because: "cron",
      says: `Run RUN started at ${longAgo.startedAt}, and \`cron\` "0 0 1 1 *" (Asia/Tokyo) was next due at`,
    },
  },
  "Apify has deleted the run, seen by a refresh, with `onExpired: keep`": {
    kept: {
      meanwhile: (emulator, runId) => {
        emulator.expireRun(runId);
      },
    },
  },
  "Apify has deleted the run, seen by a refresh, with `onExpired: rerun`": {
    expired: {
      before: { onExpired: "rerun" },
      meanwhile: (emulator, runId) => {
        emulator.expireRun(runId);
      },
      says: 'Run RUN is no longer on Apify (`onExpired: "rerun"`).',
    },
  },
} satisfies Partial<Record<RowName, Changes>>;
