import { inWords } from "../api";
import { at, listAt, shown, textAt } from "../json";
import { must, needs } from "../verdict";
import type { Check } from "../check";
import type { Scene } from "../scene";

/** The most memory that a run can ask for. */
const mostGbytes = 32;

/** Seconds after which the list shows a run that a refused start has started after all. */
const settleSecs = 10;

/** The types of errors that the provider waits for. */
const capacityTypes: readonly string[] = ["actor-memory-limit-exceeded", "memory-limit-exceeded"];

async function refusedStart({ startOnce }: Scene, query: Record<string, string | number>) {
  const reply = await startOnce({ query });
  must(reply.status >= 400, `a start with ${shown(query)} was accepted`);
  return reply;
}

/** Checks of starts that Apify refuses. They start nothing if the assumptions hold. */
export const refusalChecks: readonly Check[] = [
  {
    id: "unknown-build",
    assumption: "R1",
    title: "A start with a tag that no build has is refused with unknown-build-tag",
    run: async (scene) => {
      const reply = await refusedStart(scene, { build: "no-such-tag-of-pulumi-apify" });
      must(reply.errorType === "unknown-build-tag", inWords(reply));
      return inWords(reply);
    },
  },
  {
    id: "refused-options",
    assumption: "R2",
    title: "Memory that is no power of 2, and charge limits of 0, are refused",
    run: async (scene) => {
      const seen: string[] = [];
      for (const query of [{ memory: 300 }, { maxItems: 0 }, { maxTotalChargeUsd: 0 }]) {
        seen.push(inWords(await refusedStart(scene, query)));
      }
      return seen.join(", ");
    },
  },
  {
    id: "no-memory",
    assumption: "R3",
    title: "A start for which the account has no memory is refused with a type of its own",
    run: async (scene) => {
      const limits = await scene.api.call("GET /v2/users/me/limits");
      const gbytes = at(limits.data, "limits", "maxActorMemoryGbytes");
      const tooMuch = [4, 8, 16, mostGbytes].find((each) => each > Number(gbytes));
      needs(
        tooMuch !== undefined,
        `the account has ${shown(gbytes)} GB, and a run can ask for ${mostGbytes} GB at most`,
      );
      const reply = await refusedStart(scene, { memory: tooMuch * 1024 });
      must(capacityTypes.includes(reply.errorType), inWords(reply));
      return inWords(reply);
    },
  },
  {
    id: "refused-starts-nothing",
    assumption: "R4",
    title: "A refused start starts nothing",
    run: async (scene) => {
      const { api, task, belongings, clock, signal } = scene;
      const refused = await refusedStart(scene, { build: "no-such-tag-of-pulumi-apify" });
      await clock.sleep(settleSecs * 1000, signal);
      const path = `GET /v2/actor-tasks/${textAt(await task(), "id")}/runs`;
      const runs = await api.call(path, { query: { desc: 1, limit: 1000 } });
      const more = listAt(runs.data, "items").filter(({ id }) => !belongings.runs.has(String(id)));
      for (const run of more) belongings.addRun(run);
      must(more.length === 0, `the list shows ${more.length} runs that nobody started`);
      return `${inWords(refused)}, and the list shows no such run after ${settleSecs} s`;
    },
  },
];
