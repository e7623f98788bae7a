import { createApifyClient } from "../../provider/apify/client";
import { systemClock } from "../../provider/apify/clock";
import { createAutoClock } from "../support/fakeClock";
import { fakeClock, startEmulator } from "../../emulator";
import type { ApifyClient } from "../../provider/apify/client";
import type { Context } from "../../provider/lifecycle/context";
import type { TaskRunState } from "../../provider/lifecycle/state";
import type { Emulator } from "../../emulator";
import type { Run } from "../../provider/apify/schemas/run";
import type { FakeClock } from "../support/fakeClock";
import { aRun } from "../support/run";

export const baseUrl = "https://api.example";
export const consoleUrl = "https://console.example";

/** Stands for a value that is not known yet. */
export const unknown = "<not known yet>";

export function isUnknown(value: unknown): boolean {
  return value === unknown;
}

/** A context of which everything can be seen, with a clock that lets no real time pass. */
export interface TestContext extends Context {
  readonly clock: FakeClock;
  readonly lines: string[];
  readonly statuses: string[];
}

export function testContext(
  client: ApifyClient,
  more: { clock?: FakeClock; timeLimitSecs?: Context["timeLimitSecs"]; baseUrl?: string } = {},
): TestContext {
  const lines: string[] = [];
  const statuses: string[] = [];
  return {
    clock: more.clock ?? createAutoClock(),
    account: () => ({ client, baseUrl: more.baseUrl ?? baseUrl, consoleUrl }),
    report: {
      line: (text) => void lines.push(text),
      status: (text) => void statuses.push(text),
    },
    isUnknown,
    timeLimitSecs: more.timeLimitSecs ?? {},
    lines,
    statuses,
  };
}

/** A client that answers only what a test expects to be asked. */
export function fakeClient(methods: Partial<ApifyClient> = {}): ApifyClient {
  const unexpected = (name: keyof ApifyClient) => (): Promise<never> =>
    Promise.reject(new Error(`unexpected call of ${name}`));
  return {
    startTaskRun: unexpected("startTaskRun"),
    getRun: unexpected("getRun"),
    listTaskRuns: unexpected("listTaskRuns"),
    abortRun: unexpected("abortRun"),
    deleteRun: unexpected("deleteRun"),
    getTask: unexpected("getTask"),
    getActor: unexpected("getActor"),
    getDataset: unexpected("getDataset"),
    getDatasetItems: unexpected("getDatasetItems"),
    getRecord: unexpected("getRecord"),
    deleteStorage: unexpected("deleteStorage"),
    getRunLog: unexpected("getRunLog"),
    ...methods,
  };
}

/** A stored state, of a run that succeeded unless told otherwise. */
export function aState(run: Partial<Run> = {}, more: Partial<TaskRunState> = {}): TaskRunState {
  return {
    actorTaskId: "janedoe~scrape",
    run: aRun({ status: "SUCCEEDED", ...run }),
    links: { console: "console link", datasetConsole: "dataset link", datasetItems: "items link" },
    expired: false,
    ...more,
  };
}

/** An emulator with the task `janedoe~scrape`, whose runs go on until a test ends them. */
export interface TestApify {
  readonly emulator: Emulator;
  readonly client: ApifyClient;
  context(timeLimitSecs?: Context["timeLimitSecs"]): TestContext;
  /** Calls back once, as soon as somebody waits for a run. */
  whenPolled(then: (runId: string) => void): void;
  close(): Promise<void>;
}

export async function startApify(): Promise<TestApify> {
  const emulator = await startEmulator({
    declaration: {
      users: [{ username: "janedoe", token: "jane-token" }],
      actors: [
        { username: "janedoe", name: "by-hand", manual: true },
        {
          username: "janedoe",
          name: "unapproved",
          manual: true,
          approvalUrl: "https://console.example/approve",
        },
      ],
      tasks: [
        { username: "janedoe", name: "scrape", actor: "janedoe~by-hand" },
        { username: "janedoe", name: "unapproved", actor: "janedoe~unapproved" },
      ],
    },
    clock: fakeClock(),
  });
  const client = createApifyClient({
    token: "jane-token",
    baseUrl: emulator.url,
    userAgent: "pulumi-apify/test",
    clock: systemClock,
  });
  return {
    emulator,
    client,
    context: (timeLimitSecs = {}) => testContext(client, { timeLimitSecs, baseUrl: emulator.url }),
    whenPolled: (then) => {
      const stop = emulator.use(({ method, pathname, path }) => {
        const runId = /^\/v2\/actor-runs\/(\w+)$/.exec(pathname)?.[1];
        if (method !== "GET" || runId === undefined || !path.includes("waitForFinish")) {
          return "pass";
        }
        stop();
        then(runId);
        return "pass";
      });
    },
    close: () => emulator.close(),
  };
}
