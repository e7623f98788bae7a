import assert from "node:assert/strict";
import type { JsonObject } from "../../../emulator";

/** A task as Apify has it; only what the tests look at. */
export interface SavedTask {
  readonly id: string;
  readonly actId: string;
  readonly name: string;
  readonly title: string | null;
  readonly description: string | null;
  readonly input: JsonObject | null;
  /** Without those that are not set. */
  readonly options: JsonObject;
  readonly actorStandby: JsonObject | null;
}

/** What somebody else does with the tasks of an account, over the API. */
export interface TaskAccess {
  /** The tasks that were not there at first, oldest first. */
  all(): Promise<readonly SavedTask[]>;
  /** The task with this id or `~name`. */
  get(task: string): Promise<SavedTask>;
  create(task: JsonObject): Promise<SavedTask>;
  edit(task: string, patch: JsonObject): Promise<void>;
  remove(task: string): Promise<void>;
}

/** Opens the tasks of the account with this token. */
export async function taskAccess(url: string, token: string): Promise<TaskAccess> {
  const ask = async (method: string, path: string, body?: JsonObject): Promise<unknown> => {
    const answer = await fetch(`${url}/v2/actor-tasks${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
    return text === "" ? undefined : (JSON.parse(text) as { data: unknown }).data;
  };
  const ids = async (): Promise<readonly string[]> =>
    ((await ask("GET", "?limit=1000")) as { items: SavedTask[] }).items.map(({ id }) => id);
  const get = async (task: string): Promise<SavedTask> =>
    savedTask((await ask("GET", `/${task}`)) as SavedTask);
  const first = new Set(await ids());
  return {
    all: async () => Promise.all((await ids()).filter((id) => !first.has(id)).map(get)),
    get,
    create: async (task) => savedTask((await ask("POST", "", task)) as SavedTask),
    edit: async (task, patch) => {
      await ask("PUT", `/${task}`, patch);
    },
    remove: async (task) => {
      await ask("DELETE", `/${task}`);
    },
  };
}

function savedTask({
  id,
  actId,
  name,
  title,
  description,
  input,
  options,
  actorStandby,
}: SavedTask): SavedTask {
  const set = Object.entries(options).filter(([, value]) => value !== null);
  return {
    ...{ id, actId, name, title, description, input, actorStandby },
    options: Object.fromEntries(set),
  };
}
