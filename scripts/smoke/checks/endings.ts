import { inWords, secs } from "../api";
import { storagePaths } from "../belongings";
import { at, shown, textAt } from "../json";
import { isEnded, isLive } from "../statuses";
import { must, needs } from "../verdict";
import type { Check } from "../check";
import type { Data } from "../json";
import type { Scene } from "../scene";

/** Seconds that Apify gives an Actor after a graceful abort, and some more. */
const gracefulSecs = 45;

const pathOf = (run: Data): string => `/v2/actor-runs/${textAt(run, "id")}`;

/** A new run once its Actor runs. */
async function runningRun({ api, startedRun, within }: Scene): Promise<Data> {
  const run = await startedRun();
  const found = await within(60, async () => {
    const { data } = await api.call(`GET ${pathOf(run)}`);
    return data.status === "RUNNING" || isEnded(data) ? data : undefined;
  });
  needs(found !== undefined && !isEnded(found.value), "the run was not seen running");
  return found.value;
}

/** Aborts a new run, and returns it after its end. */
async function abortedRun(scene: Scene, query: Readonly<Record<string, string | boolean>> = {}) {
  const run = await runningRun(scene);
  const began = scene.clock.monotonicMillis();
  const reply = await scene.api.call(`POST ${pathOf(run)}/abort`, { query });
  must(reply.status === 200, inWords(reply));
  must(reply.data.id === run.id, `the response describes ${shown(reply.data.id)}`);
  const ended = await scene.untilEnded(textAt(run, "id"));
  return { reply, ended, millis: scene.clock.monotonicMillis() - began };
}

/** Checks of what ends and removes runs. */
export const endingChecks: readonly Check[] = [
  {
    id: "abort",
    assumption: "E1",
    title: "An abort answers with the run, which ends as ABORTED; a second abort changes nothing",
    run: async (scene) => {
      const { reply, ended } = await abortedRun(scene);
      needs(ended.status !== "SUCCEEDED", "the run ended before the abort");
      must(
        ["ABORTING", "ABORTED"].includes(textAt(reply.data, "status")),
        shown(reply.data.status),
      );
      must(ended.status === "ABORTED", `it ended as ${shown(ended.status)}`);
      const again = await scene.api.call(`POST ${pathOf(ended)}/abort`);
      must(again.status === 200, `the second abort: ${inWords(again)}`);
      must(
        again.data.status === "ABORTED",
        `after a second abort, it is ${shown(again.data.status)}`,
      );
      return `${String(reply.data.status)}, then ABORTED`;
    },
  },
  {
    id: "abort-gracefully",
    assumption: "E2",
    title: `A graceful abort ends a run within ${gracefulSecs} s`,
    run: async (scene) => {
      const { reply, ended, millis } = await abortedRun(scene, { gracefully: true });
      must(millis < gracefulSecs * 1000, `it took ${secs(millis)}`);
      needs(ended.status !== "SUCCEEDED", "the run ended before the abort");
      must(ended.status === "ABORTED", `it ended as ${shown(ended.status)}`);
      return `${String(reply.data.status)}, and ABORTED after ${secs(millis)}`;
    },
  },
  {
    id: "resurrect",
    assumption: "E3",
    title: "A resurrected run is live again under the same id, and stats.resurrectCount says so",
    run: async ({ api, startedRun, untilEnded }) => {
      const run = await untilEnded(textAt(await startedRun(), "id"));
      const reply = await api.call(`POST ${pathOf(run)}/resurrect`);
      needs(reply.status === 200, `it was refused: ${inWords(reply)}`);
      must(
        reply.data.id === run.id,
        `the id is ${shown(reply.data.id)} instead of ${shown(run.id)}`,
      );
      needs(!isEnded(reply.data), "it ended again at once; try an Actor that takes longer");
      must(isLive(reply.data), `its status is ${shown(reply.data.status)}`);
      const again = await untilEnded(textAt(run, "id"));
      const count = at(again, "stats", "resurrectCount");
      must(count === 1, `stats.resurrectCount is ${shown(count)}`);
      const clock = again.startedAt === run.startedAt ? "the same startedAt" : "another startedAt";
      return `${String(run.status)}, ${String(reply.data.status)}, ${String(again.status)}; ${clock}`;
    },
  },
  {
    id: "delete-live-run",
    assumption: "E4",
    title: "A run that has not ended cannot be deleted",
    run: async ({ api, startedRun }) => {
      // At once, before it can have ended.
      const reply = await api.call(`DELETE ${pathOf(await startedRun())}`);
      needs(reply.status !== 404, "the run could not be found yet");
      must(reply.status >= 400, `it was deleted: ${inWords(reply)}`);
      return inWords(reply);
    },
  },
  {
    id: "delete-run",
    assumption: "E5",
    title:
      "A run that has ended, and each of its storages, can be deleted; then they are answered with 404",
    run: async ({ api, startedRun, untilEnded }) => {
      const run = await untilEnded(textAt(await startedRun(), "id"));
      const storages = storagePaths(run);
      needs(storages.length === 3, `the run has only ${shown(storages)}`);
      for (const path of [...storages, pathOf(run)]) {
        const deleted = await api.call(`DELETE ${path}`);
        must(deleted.status < 300, `DELETE ${path}: ${inWords(deleted)}`);
        const read = await api.call(`GET ${path}`);
        must(read.status === 404, `GET ${path} after its deletion: ${inWords(read)}`);
        const again = await api.call(`DELETE ${path}`);
        must(again.status === 404, `DELETE ${path}, the second time: ${inWords(again)}`);
      }
      return "all four are gone";
    },
  },
];
