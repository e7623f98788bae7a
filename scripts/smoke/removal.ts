import { inWords } from "./api";
import { listAt, textAt } from "./json";
import { isEnded } from "./statuses";
import { NotChecked } from "./verdict";
import type { Clock } from "../../provider/apify/clock";
import type { Api, Call, Reply } from "./api";
import type { Belongings } from "./belongings";

/** Pauses in seconds before a request without a usable response is sent again. */
const pauses = [1, 2, 4, 8] as const;

/** Seconds after which Apify's lists show what a lost or interrupted request has created. */
const lagSecs = 10;

/** How often to wait for an aborted run, each time for up to ten seconds. */
const mostWaits = 9;

/** How often a run must be answered with 404 until it counts as gone: it may be too new for a replica. */
const mostMissing = 3;

/** What to remove, and how. */
export interface Removal {
  /** Must not be the one that an interruption ends. */
  readonly api: Api;
  readonly belongings: Belongings;
  readonly clock: Clock;
}

/**
 * Removes all tasks, runs and storages that the checks have created: those that are recorded, and those that
 * Apify lists under the prefix. The result says what is left, and why.
 */
export async function removeBelongings(removal: Removal): Promise<readonly string[]> {
  const { clock, belongings } = removal;
  if (belongings.mayBeIncomplete()) await clock.sleep(lagSecs * 1000);
  const left = await collecting((note) => findMore(removal, note));
  for (const [runId, storages] of belongings.runs) {
    left.push(...(await collecting((note) => removeRun(removal, runId, storages, note))));
  }
  for (const taskId of belongings.tasks) {
    left.push(...(await collecting((note) => remove(removal, `/v2/actor-tasks/${taskId}`, note))));
  }
  return left;
}

type Note = (problem: string) => void;

/** The problems that the work notes. One that ends it early is among them. */
async function collecting(work: (note: Note) => Promise<void>): Promise<string[]> {
  const problems: string[] = [];
  const note = (problem: string): void => void problems.push(problem);
  await work(note).catch((error: unknown) => {
    note(error instanceof Error ? error.message : String(error));
  });
  return problems;
}

/** Adds what the account's lists show: tasks whose create, and runs whose start, had no usable response. */
async function findMore(removal: Removal, note: Note): Promise<void> {
  const { belongings } = removal;
  const tasks = await persistently(removal, "GET /v2/actor-tasks", {
    query: { desc: 1, limit: 1000 },
  });
  if (tasks.status !== 200) note(`the list of tasks: ${inWords(tasks)}`);
  for (const task of listAt(tasks.data, "items")) {
    if (textAt(task, "name").startsWith(belongings.prefix)) belongings.addTask(textAt(task, "id"));
  }
  for (const taskId of belongings.tasks) {
    const query = { desc: 1, limit: 1000 };
    const runs = await persistently(removal, `GET /v2/actor-tasks/${taskId}/runs`, { query });
    for (const run of listAt(runs.data, "items")) belongings.addRun(run);
  }
}

async function removeRun(
  removal: Removal,
  runId: string,
  storages: ReadonlySet<string>,
  note: Note,
): Promise<void> {
  const path = `/v2/actor-runs/${runId}`;
  await persistently(removal, `POST ${path}/abort`);
  await untilEnded(removal, path);
  for (const each of [...storages, path]) await remove(removal, each, note);
}

/** Waits until a run has ended or is gone, and records its storages. Apify refuses to delete a live run. */
async function untilEnded(removal: Removal, path: string): Promise<void> {
  const missing: Reply[] = [];
  for (let waits = 0; waits < mostWaits; waits++) {
    const run = await persistently(removal, `GET ${path}`, { query: { waitForFinish: 10 } });
    removal.belongings.addRun(run.data);
    if (isEnded(run.data)) return;
    if (run.status !== 200) missing.push(run);
    if (missing.length === mostMissing) return;
    await removal.clock.sleep(1000);
  }
}

async function remove(removal: Removal, path: string, note: Note): Promise<void> {
  const reply = await persistently(removal, `DELETE ${path}`);
  if (reply.status >= 300 && reply.status !== 404) note(`${path}: ${inWords(reply)}`);
}

/** Sends a request that may be repeated until there is a usable response. */
async function persistently(
  { api, clock }: Removal,
  methodAndPath: string,
  call?: Call,
): Promise<Reply> {
  for (const pause of pauses) {
    try {
      return await api.call(methodAndPath, call);
    } catch (error) {
      if (!(error instanceof NotChecked)) throw error;
      await clock.sleep(pause * 1000);
    }
  }
  return api.call(methodAndPath, call);
}
