import { inWords } from "../api";
import { shown, textAt } from "../json";
import { must, needs } from "../verdict";
import type { Reply } from "../api";
import type { Check } from "../check";
import type { Scene } from "../scene";

/** Apify's limit. */
const longestName = 63;

/** The types of the error for a name that another task has. */
const takenTypes: readonly string[] = ["actor-task-name-not-unique", "name-not-unique"];

function mustBeTaken(reply: Reply): void {
  must(reply.status >= 400, `it was accepted: ${inWords(reply)}`);
  must(takenTypes.includes(reply.errorType), inWords(reply));
}

/** Gives the spare task a name. */
async function rename({ api, spareTask }: Scene, name: string): Promise<Reply> {
  return api.call(`PUT /v2/actor-tasks/${textAt(await spareTask(), "id")}`, { json: { name } });
}

/** Checks of the names of tasks, and of their end. The last one deletes the spare task. */
export const taskNameChecks: readonly Check[] = [
  {
    id: "task-name-unique",
    assumption: "T11",
    title: "A second task with the same name is refused, and is not created",
    run: async ({ task, createTask }) => {
      const { actId, name } = await task();
      const reply = await createTask({ actId, name, input: {} });
      mustBeTaken(reply);
      return inWords(reply);
    },
  },
  {
    id: "task-rename-taken",
    assumption: "T12",
    title: "A task cannot get the name of another one",
    run: async (scene) => {
      const reply = await rename(scene, scene.saved.name);
      mustBeTaken(reply);
      return inWords(reply);
    },
  },
  {
    id: "task-rename",
    assumption: "T13",
    title: "The name of a task that is renamed is free at once",
    run: async (scene) => {
      const { api, spareTask, belongings } = scene;
      const { id, name } = await spareTask();
      const away = await rename(scene, `${belongings.prefix}-renamed`);
      must(away.status === 200, inWords(away));
      const old = await api.call(`GET /v2/actor-tasks/~${String(name)}`);
      const back = await rename(scene, String(name));
      must(back.status === 200, `the old name could not be used again: ${inWords(back)}`);
      must(back.data.id === id, `the id changed to ${shown(back.data.id)}`);
      must(old.status === 404, `~${String(name)} was still answered with ${inWords(old)}`);
      return `the old name: ${inWords(old)}, and it could be used again`;
    },
  },
  {
    id: "task-name-length",
    assumption: "T14",
    title: `A name has at most ${longestName} characters`,
    run: async (scene) => {
      const { name } = await scene.spareTask();
      const longest = `${scene.belongings.prefix}-`.padEnd(longestName, "x");
      const fits = await rename(scene, longest);
      const tooLong = await rename(scene, `${longest}x`);
      await rename(scene, String(name));
      must(fits.status === 200, `${longestName} characters: ${inWords(fits)}`);
      must(tooLong.status >= 400, `${longestName + 1} characters were accepted`);
      return `${longestName + 1} characters: ${inWords(tooLong)}`;
    },
  },
  {
    id: "task-delete",
    assumption: "T15",
    title: "A deleted task is gone at once, and to delete it again is answered with 404",
    run: async ({ api, spareTask }) => {
      const path = `/v2/actor-tasks/${textAt(await spareTask(), "id")}`;
      const deleted = await api.call(`DELETE ${path}`);
      must(deleted.status < 300, inWords(deleted));
      const read = await api.call(`GET ${path}`);
      must(read.status === 404, `it can still be read: ${inWords(read)}`);
      const again = await api.call(`DELETE ${path}`);
      must(again.status === 404, `the second time: ${inWords(again)}`);
      return `${deleted.status}, then ${inWords(again)}`;
    },
  },
];

/** Deletes the task, so it comes after all checks that run it. */
export const lastTaskCheck: Check = {
  id: "task-delete-keeps-runs",
  assumption: "T16",
  title: "The runs of a deleted task stay",
  run: async ({ api, task, endedRun }) => {
    const run = `/v2/actor-runs/${textAt(await endedRun(), "id")}`;
    const before = await api.call(`GET ${run}`);
    needs(before.status === 200, `the run: ${inWords(before)}`);
    const deleted = await api.call(`DELETE /v2/actor-tasks/${textAt(await task(), "id")}`);
    needs(deleted.status < 300, `the task could not be deleted: ${inWords(deleted)}`);
    const after = await api.call(`GET ${run}`);
    must(after.status === 200, `the run: ${inWords(after)}`);
    return "the run can still be read";
  },
};
