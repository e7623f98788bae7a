import { inWords } from "../api";
import { listAt, shown, textAt } from "../json";
import { liveStatuses } from "../statuses";
import { same } from "../same";
import { must, needs } from "../verdict";
import type { Call } from "../api";
import type { Check } from "../check";
import type { Data } from "../json";
import type { Scene } from "../scene";

/** Seconds within which the runs of other checks have ended. */
const settledSecs = 120;

/** Runs of the task that the list shows. */
async function list({ api, task }: Scene, query: Call["query"] = {}): Promise<readonly Data[]> {
  const path = `GET /v2/actor-tasks/${textAt(await task(), "id")}/runs`;
  const reply = await api.call(path, { query: { desc: 1, ...query } });
  must(reply.status === 200, inWords(reply));
  return listAt(reply.data, "items");
}

const idsOf = (runs: readonly Data[]): readonly unknown[] => runs.map(({ id }) => id);

/** Two runs or more, of which the list says that they have ended. */
async function endedRuns(scene: Scene): Promise<readonly Data[]> {
  await scene.endedRun();
  await scene.secondRun();
  const found = await scene.within(settledSecs, async () => {
    const runs = await list(scene, { limit: 1000 });
    const isSettled = runs.every(({ status }) => !liveStatuses.includes(String(status)));
    return runs.length >= 2 && isSettled ? runs : undefined;
  });
  needs(found !== undefined, `the list shows no two ended runs within ${settledSecs} s`);
  return found.value;
}

/** Checks of the list of a task's runs. */
export const listChecks: readonly Check[] = [
  {
    id: "list-order",
    assumption: "L1",
    title: "desc=1 lists the newest run first, and each item has id, status and startedAt",
    run: async (scene) => {
      const runs = await endedRuns(scene);
      const times = runs.map(({ startedAt }) => String(startedAt));
      must(same(times, [...times].sort().reverse()), `startedAt: ${shown(times)}`);
      const bare = runs.find(({ id, status, startedAt }) => !id || !status || !startedAt);
      must(bare === undefined, `one has ${shown(bare)}`);
      return `${runs.length} runs`;
    },
  },
  {
    id: "list-pages",
    assumption: "L2",
    title: "limit and offset select a page, and a page has up to 1000 runs",
    run: async (scene) => {
      const all = idsOf(await endedRuns(scene));
      const pages = [
        ...idsOf(await list(scene, { limit: 1 })),
        ...idsOf(await list(scene, { limit: 1000, offset: 1 })),
      ];
      must(same(pages, all), `the pages have ${shown(pages)}, the whole list ${shown(all)}`);
      return `${all.length} runs in two pages`;
    },
  },
  {
    id: "list-status",
    assumption: "L3",
    title: "status selects runs by several statuses, separated by commas",
    run: async (scene) => {
      const all = await endedRuns(scene);
      const live = await list(scene, { status: liveStatuses.join(",") });
      must(live.length === 0, `of ended runs, it lists ${shown(live.map(({ status }) => status))}`);
      const status = [...new Set(all.map((run) => String(run.status))), "READY"].join(",");
      const ended = await list(scene, { status });
      must(
        same(idsOf(ended), idsOf(all)),
        `of ${all.length} runs, ${status} lists ${ended.length}`,
      );
      return `${status}: ${ended.length} runs; ${liveStatuses.join(",")}: none`;
    },
  },
];
