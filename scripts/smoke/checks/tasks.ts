import { inWords, secs } from "../api";
import { at, listAt, shown, textAt } from "../json";
import { isSubset, same } from "../same";
import { must, needs } from "../verdict";
import type { Check } from "../check";
import type { Scene } from "../scene";
import type { Data } from "../json";

/** Seconds within which a create that got no response must be found by its name. */
const foundSecs = 15;

const pathOf = (task: Data): string => `/v2/actor-tasks/${textAt(task, "id")}`;

/** Changes the spare task, and reads it again. */
async function edited({ api, spareTask }: Scene, fields: Data): Promise<Data> {
  const path = pathOf(await spareTask());
  const reply = await api.call(`PUT ${path}`, { json: fields });
  must(reply.status === 200, `PUT ${shown(fields)}: ${inWords(reply)}`);
  return (await api.call(`GET ${path}`)).data;
}

/** Checks of the contents of tasks. */
export const taskChecks: readonly Check[] = [
  {
    id: "task-actor-by-name",
    assumption: "T1",
    title:
      "A task can be created with username~name in the place of the Actor's id, and has the id",
    run: async ({ created, actorReply }) => {
      const reply = await created();
      const id = textAt((await actorReply()).data, "id");
      must(reply.status === 201, inWords(reply));
      must(reply.data.actId === id, `actId is ${shown(reply.data.actId)}, the Actor's id is ${id}`);
      return `actId is ${id}`;
    },
  },
  {
    id: "task-create",
    assumption: "T2",
    title: "A create answers 201 with the whole task, which has what was sent",
    run: async ({ created, saved }) => {
      const { status, errorType, data } = await created();
      needs(status === 201, `the create was answered with ${inWords({ status, errorType })}`);
      must(textAt(data, "id") !== "", `its id is ${shown(data.id)}`);
      must(data.name === saved.name, `its name is ${shown(data.name)}`);
      must(same(data.input, saved.input), `its input is ${shown(data.input)}`);
      must(isSubset(saved.options, data.options), `its options are ${shown(data.options)}`);
      must(textAt(data, "title") === "Smoke test of pulumi-apify", `title: ${shown(data.title)}`);
      return `options: ${shown(data.options)}`;
    },
  },
  {
    id: "task-description",
    assumption: "T3",
    title: "A task has a description, although the reference does not mention it",
    run: async (scene) => {
      const { description } = await edited(scene, { description: "Edited" });
      must(description === "Edited", `after "Edited" was sent, it is ${shown(description)}`);
      return `description: ${shown(description)}`;
    },
  },
  {
    id: "task-found-by-name",
    assumption: "T4",
    title: `A new task is found by ~name and by username~name within ${foundSecs} s`,
    run: async ({ api, task, username, within }) => {
      const { id, name } = await task();
      const paths = [`~${String(name)}`, `${username}~${String(name)}`];
      const lags: string[] = [];
      for (const path of paths) {
        const found = await within(foundSecs, async () => {
          const { data } = await api.call(`GET /v2/actor-tasks/${path}`);
          return data.id === id ? data : undefined;
        });
        must(found !== undefined, `GET /v2/actor-tasks/${path} does not find task ${String(id)}`);
        lags.push(secs(found.secs * 1000));
      }
      return `found after ${lags.join(" and ")}`;
    },
  },
  {
    id: "task-list",
    assumption: "T5",
    title: "The list of tasks has the newest first, with id, name and username",
    run: async ({ api, task, username, within }) => {
      const { id, name } = await task();
      const query = { desc: 1, limit: 1000 };
      const found = await within(foundSecs, async () => {
        const { data } = await api.call("GET /v2/actor-tasks", { query });
        const items = listAt(data, "items");
        return items.some((each) => each.id === id) ? items : undefined;
      });
      must(found !== undefined, `task ${String(id)} is not in it`);
      const own = found.value.find((each) => each.id === id);
      must(at(own, "name") === name && at(own, "username") === username, shown(own));
      const times = found.value.map(({ createdAt }) => String(createdAt));
      must(same(times, [...times].sort().reverse()), "it is not sorted by createdAt");
      return `${found.value.length} tasks`;
    },
  },
  {
    id: "task-put-partial",
    assumption: "T6",
    title: "An update leaves what it does not mention",
    run: async (scene) => {
      const { api, spareTask } = scene;
      const before = (await api.call(`GET ${pathOf(await spareTask())}`)).data;
      const after = await edited(scene, { title: "Another title" });
      must(after.title === "Another title", `title: ${shown(after.title)}`);
      for (const name of ["name", "description", "input", "options", "actId"]) {
        const [old, now] = [before[name], after[name]];
        must(same(old, now), `${name} was ${shown(old)} and is ${shown(now)}`);
      }
      return "an update of the title changed nothing else";
    },
  },
  {
    id: "task-put-null",
    assumption: "T7",
    title: "Null resets the title, the description, the input and an option of a task",
    run: async (scene) => {
      const { spareTask, saved } = scene;
      const { options } = await spareTask();
      await edited(scene, {
        title: "t",
        description: "d",
        input: { message: "m" },
        options: saved.options,
      });
      const reset = { title: null, description: null, input: null };
      const after = await edited(scene, {
        ...reset,
        options: { ...(options as Data), timeoutSecs: null },
      });
      for (const name of ["title", "description"]) {
        must(same(after[name] ?? null, null), `${name} is ${shown(after[name])}`);
      }
      must(same(after.input ?? {}, {}), `input is ${shown(after.input)}`);
      const { timeoutSecs, memoryMbytes } = after.options as Data;
      must(same(timeoutSecs ?? null, null), `options.timeoutSecs is ${shown(timeoutSecs)}`);
      must(memoryMbytes === saved.options.memoryMbytes, `options: ${shown(after.options)}`);
      return "all four were reset";
    },
  },
  {
    id: "task-empty-input",
    assumption: "T8",
    title: "A task that is created with an empty input keeps it, and gets no prefilled one",
    run: async ({ spareTask }) => {
      const { input } = await spareTask();
      must(same(input ?? {}, {}), `its input is ${shown(input)}`);
      return `its input is ${shown(input)}`;
    },
  },
  {
    id: "task-standby",
    assumption: "T9",
    title: "An update changes actorStandby",
    run: async ({ api, spareTask, actor }) => {
      const path = pathOf(await spareTask());
      const actorStandby = { isEnabled: false, idleTimeoutSecs: 600 };
      const reply = await api.call(`PUT ${path}`, { json: { actorStandby } });
      needs(
        reply.status === 200,
        `${actor} does not take it: ${inWords(reply)}; try an Actor with standby`,
      );
      const { data } = await api.call(`GET ${path}`);
      must(
        isSubset(actorStandby, data.actorStandby),
        `actorStandby is ${shown(data.actorStandby)}`,
      );
      return shown(data.actorStandby);
    },
  },
  {
    id: "task-modified-at",
    assumption: "T10",
    title: "An edit moves modifiedAt on; a run does not, and leaves input and options as they were",
    run: async (scene) => {
      const { api, task, endedRun } = scene;
      const first = await edited(scene, { title: "First" });
      const second = await edited(scene, { title: "Second" });
      const [one, other] = [textAt(first, "modifiedAt"), textAt(second, "modifiedAt")];
      must(one !== "" && one < other, `modifiedAt was ${one}, and ${other} after an edit`);
      const before = await task();
      await endedRun();
      const after = (await api.call(`GET ${pathOf(before)}`)).data;
      for (const name of ["modifiedAt", "actId", "input", "options"]) {
        const [old, now] = [before[name], after[name]];
        must(same(old, now), `after a run, ${name} is ${shown(now)} instead of ${shown(old)}`);
      }
      return "only the edit changed it";
    },
  },
];
