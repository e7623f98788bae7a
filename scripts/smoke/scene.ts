import { inWords } from "./api";
import { listAt, textAt } from "./json";
import { isEnded } from "./statuses";
import { needs } from "./verdict";
import { createWithin } from "./within";
import type { Clock } from "../../provider/apify/clock";
import type { Api, Call, Reply } from "./api";
import type { Belongings } from "./belongings";
import type { Data } from "./json";
import type { Found, Within } from "./within";

/** What the checks work with. */
export interface Stage {
  readonly api: Api;
  /** A second account, if there is a token of one. */
  readonly otherApi: Api | undefined;
  readonly token: string;
  readonly baseUrl: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly belongings: Belongings;
  /** The Actor to run, as `username~name`. */
  readonly actor: string;
  readonly username: string;
}

/** How a start differs from one that overrides nothing. */
export interface Start {
  readonly query?: Call["query"];
  readonly input?: Data;
}

/** The stage, with what several checks share. Each shared thing is made once, when it is first needed. */
export interface Scene extends Stage {
  /** The `User-Agent` of every start, in the form of the provider's. */
  readonly userAgent: string;
  /** The settings of the task. */
  readonly saved: { readonly name: string; readonly input: Data; readonly options: Data };
  readonly actorReply: () => Promise<Reply>;
  /** The response to the create of the task that is run. */
  readonly created: () => Promise<Reply>;
  readonly task: () => Promise<Data>;
  /** A second task, which is edited and never run. */
  readonly spareTask: () => Promise<Data>;
  readonly createTask: (body: Data) => Promise<Reply>;
  /** Sends one start of the task. */
  readonly startOnce: (start?: Start) => Promise<Reply>;
  /** Starts the task, and waits while the account has no room for the run. */
  readonly start: (start?: Start) => Promise<Reply>;
  /** The response to the first start, which overrides nothing. */
  readonly started: () => Promise<Reply>;
  /** The run of a second start that is equal to the first. */
  readonly secondRun: () => Promise<Data>;
  /** The run of a start that must succeed for a check. */
  readonly startedRun: (start?: Start) => Promise<Data>;
  /** The first run as soon as it can be read by its id, and as soon as the list shows it. */
  readonly readBack: () => Promise<Found<Data>>;
  readonly listed: () => Promise<Found<Data>>;
  /** The first run after its end. */
  readonly endedRun: () => Promise<Data>;
  readonly untilEnded: (runId: string) => Promise<Data>;
  readonly within: Within;
}

/** Seconds within which the provider expects a new run to be readable and listed. */
export const lagSecs = 60;

/** Seconds within which a run of a small Actor ends: its timeout, and some more for its start. */
const endSecs = 120;

/** Seconds to wait until the account has room for a run, and the errors that say that it has none. */
const roomSecs = 60;
const roomTypes = ["actor-memory-limit-exceeded", "concurrent-runs-limit-exceeded"];

/** Sets the scene. Nothing is sent before it is needed. */
export function createScene(stage: Stage): Scene {
  const { api, belongings, clock, signal, actor } = stage;
  const { prefix } = belongings;
  // As long as the provider's.
  const userAgent = `pulumi-apify/0.1.0 (run-key ${prefix.slice(-8).repeat(4)})`;
  const saved = {
    name: prefix,
    input: { message: "pulumi-apify", nested: { a: 1 } },
    options: { memoryMbytes: 256, timeoutSecs: 60 },
  } as const;

  const within = createWithin(clock, signal);
  const createTask: Scene["createTask"] = async (body) => {
    const reply = await api.call("POST /v2/actor-tasks", { json: body });
    belongings.addTask(textAt(reply.data, "id"));
    return reply;
  };
  const actorReply = once(() => api.call(`GET /v2/actors/${actor}`));
  const created = once(() =>
    createTask({
      actId: actor,
      ...saved,
      title: "Smoke test of pulumi-apify",
      description: "Made by a check of pulumi-apify, which removes it again.",
    }),
  );
  const task = once(async () => {
    const byName = await created();
    if (byName.status === 201) return byName.data;
    // Whether an Actor can be given by its name is what one check asks; the others must go on.
    const byId = await createTask({ actId: textAt((await actorReply()).data, "id"), ...saved });
    needs(byId.status === 201, `the task could not be created: ${inWords(byId)}`);
    return byId.data;
  });
  const spareTask = once(async () => {
    const { actId } = await task();
    const name = `${prefix}-spare`;
    const title = "Spare";
    const description = "Edited by checks";
    const body = { actId, name, title, description, input: {}, options: saved.options };
    const reply = await createTask(body);
    needs(reply.status === 201, `a second task could not be created: ${inWords(reply)}`);
    return reply.data;
  });

  const startOnce: Scene["start"] = async ({ query = {}, input = {} } = {}) => {
    const path = `/v2/actor-tasks/${textAt(await task(), "id")}/runs`;
    const headers = { "User-Agent": userAgent };
    const reply = await api.call(`POST ${path}`, { query, json: input, headers });
    belongings.addRun(reply.data);
    return reply;
  };
  const start: Scene["start"] = async (options) => {
    const found = await within(roomSecs, async () => {
      const reply = await startOnce(options);
      return roomTypes.includes(reply.errorType) ? undefined : reply;
    });
    needs(found !== undefined, `the account has had no room for a run for ${roomSecs} s`);
    return found.value;
  };
  const runOf = (reply: Reply): Data => {
    needs(reply.status === 201, `a run could not be started: ${inWords(reply)}`);
    return reply.data;
  };
  const started = once(start);
  const startedRun: Scene["startedRun"] = async (options) => runOf(await start(options));
  const secondRun = once(startedRun);

  const readBack = once(async () => {
    const id = textAt(runOf(await started()), "id");
    const found = await within(lagSecs, async () => {
      const { status, data } = await api.call(`GET /v2/actor-runs/${id}`);
      return status === 200 ? data : undefined;
    });
    needs(found !== undefined, `the run could not be read within ${lagSecs} s`);
    return found;
  });
  const listed = once(async () => {
    const { id, actorTaskId } = runOf(await started());
    const path = `/v2/actor-tasks/${String(actorTaskId)}/runs`;
    const found = await within(lagSecs, async () => {
      const { data } = await api.call(`GET ${path}`, { query: { desc: 1, limit: 100 } });
      return listAt(data, "items").find((run) => run.id === id);
    });
    needs(found !== undefined, `the list did not show the run within ${lagSecs} s`);
    return found;
  });

  const untilEnded: Scene["untilEnded"] = async (runId) => {
    const found = await within(endSecs, async () => {
      const query = { waitForFinish: 10 };
      const { data } = await api.call(`GET /v2/actor-runs/${runId}`, { query });
      return isEnded(data) ? data : undefined;
    });
    needs(found !== undefined, `run ${runId} did not end within ${endSecs} s`);
    return found.value;
  };
  const endedRun = once(async () => untilEnded(textAt(runOf(await started()), "id")));

  return {
    ...stage,
    ...{ userAgent, saved, actorReply, created, task, spareTask, createTask },
    ...{
      startOnce,
      start,
      started,
      startedRun,
      secondRun,
      readBack,
      listed,
      endedRun,
      untilEnded,
      within,
    },
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
