import { createApifyClient } from "../../../provider/apify/client";
import { ensureRun } from "../../../provider/run/ensureRun";
import { unreadRun } from "../../../provider/run/runRecord";
import { isAccepted } from "../../../provider/run/status";
import { waitForEnd } from "../../../provider/run/waitForEnd";
import { userAgent } from "../../../provider/resources/userAgent";
import { textAt } from "../json";
import { lagSecs } from "../scene";
import { must, needs, NotChecked } from "../verdict";
import type { ApifyClient } from "../../../provider/apify/client";
import type { EnsuredRun } from "../../../provider/run/ensureRun";
import type { Reporter } from "../../../provider/run/reporter";
import type { Check } from "../check";
import type { Scene } from "../scene";

const silent: Reporter = {
  line: () => undefined,
  log: () => undefined,
  status: () => undefined,
  shown: () => Promise.resolve(),
};

function clientOf({ token, baseUrl, clock }: Scene): ApifyClient {
  return createApifyClient({ token, baseUrl, clock, userAgent });
}

/** Gets the run as a deployment does, of which nothing but the run key is known to the next one. */
async function ensured(scene: Scene, client: ApifyClient, key: string): Promise<EnsuredRun> {
  const { clock, signal, belongings, task } = scene;
  const result = await ensureRun({
    client,
    clock,
    signal,
    key,
    options: { actorTaskId: textAt(await task(), "id") },
    userAgents: new Map(),
    rules: { endedRuns: "any", replaced: undefined, isGood: isAccepted, isFresh: () => true },
    startWaitSecs: 60,
    report: silent,
  });
  if (result.outcome === "obtained") belongings.addRun({ id: result.runId });
  if (result.outcome === "unknown") belongings.noteLoss();
  return result;
}

/** Checks of the provider's own code against the API. */
export const providerChecks: readonly Check[] = [
  {
    id: "provider-finds-run",
    assumption: "P1",
    title: "The provider finds a run again by its run key, and waits for its end",
    run: async (scene) => {
      const { api, belongings, clock, signal, within } = scene;
      const client = clientOf(scene);
      const key = `5a0c${belongings.prefix.slice(-8)}`.padEnd(32, "0");
      const first = await ensured(scene, client, key);
      if (first.outcome !== "obtained") throw new NotChecked(first.message);
      const path = `/v2/actor-tasks/${textAt(await scene.task(), "id")}/runs`;
      const listed = await within(lagSecs, async () => {
        const { text } = await api.call(`GET ${path}`, { query: { desc: 1, limit: 100 } });
        return text.includes(first.runId) ? true : undefined;
      });
      needs(listed !== undefined, `the list did not show the run within ${lagSecs} s`);
      const run = unreadRun(first.runId);
      const waited = await waitForEnd({
        client,
        clock,
        run,
        signal,
        limitSecs: 120,
        onProgress: () => undefined,
      });
      must(waited.outcome === "ended", `the wait: ${"reason" in waited ? waited.reason : ""}`);
      needs(waited.run.status === "SUCCEEDED", `the run ended as ${waited.run.status}`);
      const second = await ensured(scene, client, key);
      const how = second.outcome === "obtained" ? second.how : second.message;
      must(how === "alreadyThere", `the second time: ${how}`);
      must("runId" in second && second.runId === first.runId, "another run was found");
      return `${first.how}, then ${how}`;
    },
  },
  {
    id: "provider-taken-name",
    assumption: "P2",
    title: "The provider understands that a task's name is taken",
    run: async (scene) => {
      const { actId, name } = await scene.task();
      const result = await clientOf(scene).createTask({ actId: String(actId), name: String(name) });
      if (result.outcome === "created") scene.belongings.addTask(result.task.id);
      if (result.outcome === "unknown") scene.belongings.noteLoss();
      must(result.outcome === "refused", `the create was ${result.outcome}`);
      const subject = "subject" in result.error ? String(result.error.subject) : "none";
      must(
        subject === "takenName",
        `the subject of the error is ${subject}: ${result.error.message}`,
      );
      return result.error.message;
    },
  },
];
