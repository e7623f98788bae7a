import assert from "node:assert/strict";
import { createApifyClient } from "../../../provider/apify/client";
import { systemClock } from "../../../provider/apify/clock";
import { ProviderError } from "../../../provider/resources/errors";
import { PartialFailure } from "../../../provider/resources/partialFailure";
import { createSharedReads } from "../../../provider/resources/sharedReads";
import { createDeploymentLedger } from "../../../provider/resources/taskRun/deploymentLedger";
import { createAutoClock } from "../../support/fakeClock";
import { aRun } from "../../support/run";
import { fakeClock, startEmulator } from "../../../emulator";
import type { ApifyClient } from "../../../provider/apify/client";
import type { TaskRunContext } from "../../../provider/resources/taskRun/taskRunContext";
import type { TaskRunState } from "../../../provider/resources/taskRun/state";
import type { Emulator, FakeClock as EmulatorClock } from "../../../emulator";
import type { Run } from "../../../provider/apify/schemas/run";
import type { FakeClock } from "../../support/fakeClock";

export const baseUrl = "https://api.example";
export const consoleUrl = "https://console.example";
/** Whose resource it is, unless a test says otherwise. */
export const owner = "acme/urn:prices";

/** Stands for a value that is not known yet. */
export const unknown = "<not known yet>";

export function isUnknown(value: unknown): boolean {
  return value === unknown;
}

/** What `decide` needs besides, at the moment when `aRun` starts unless told otherwise. */
export function at(time = "2026-01-01T00:00:00Z"): {
  readonly isUnknown: typeof isUnknown;
  readonly nowMillis: number;
} {
  return { isUnknown, nowMillis: Date.parse(time) };
}

/** A context of which everything can be seen, with a clock that lets no real time pass. */
export interface TestContext extends TaskRunContext {
  readonly clock: FakeClock;
  readonly lines: string[];
  readonly statuses: string[];
}

/** What of a context a test may decide. */
export type ContextOptions = Partial<
  Pick<TestContext, "clock" | "owner" | "ledger" | "reads" | "signal" | "timeLimitSecs">
>;

export function testContext(
  client: ApifyClient,
  more: ContextOptions & { readonly baseUrl?: string } = {},
): TestContext {
  const lines: string[] = [];
  const statuses: string[] = [];
  const account = {
    client,
    tokenFrom: "APIFY_TOKEN",
    baseUrl: more.baseUrl ?? baseUrl,
    consoleUrl,
  };
  return {
    clock: more.clock ?? createAutoClock(),
    account: () => account,
    report: {
      line: (text) => void lines.push(text),
      log: (text) => void lines.push(text),
      shown: () => Promise.resolve(),
      status: (text) => void statuses.push(text),
    },
    owner: more.owner ?? owner,
    resourceName: "prices",
    ledger: more.ledger ?? createDeploymentLedger(),
    reads: more.reads ?? createSharedReads(),
    signal: more.signal,
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
    createTask: unexpected("createTask"),
    updateTask: unexpected("updateTask"),
    deleteTask: unexpected("deleteTask"),
    getRun: unexpected("getRun"),
    listTaskRuns: unexpected("listTaskRuns"),
    abortRun: unexpected("abortRun"),
    deleteRun: unexpected("deleteRun"),
    getTask: unexpected("getTask"),
    listTasks: unexpected("listTasks"),
    getActor: unexpected("getActor"),
    getUser: unexpected("getUser"),
    getDataset: unexpected("getDataset"),
    getDatasetItems: unexpected("getDatasetItems"),
    getRecord: unexpected("getRecord"),
    deleteStorage: unexpected("deleteStorage"),
    readRunLog: unexpected("readRunLog"),
    getRunLogTail: unexpected("getRunLogTail"),
    ...methods,
  };
}

/** A client of a task that has no runs yet, and whose first one is run1. */
export function startingClient(methods: Partial<ApifyClient> = {}): ApifyClient {
  return fakeClient({
    listTaskRuns: () =>
      Promise.resolve({
        total: 0,
        offset: 0,
        limit: 100,
        count: 0,
        desc: true,
        items: [],
        serverMillis: undefined,
      }),
    startTaskRun: () => Promise.resolve({ outcome: "started", runId: "run1", run: aRun() }),
    ...methods,
  });
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
  /** The time of the emulator, which stands still. */
  readonly time: EmulatorClock;
  context(options?: ContextOptions): TestContext;
  /** How many start requests have arrived. */
  starts(): number;
  /** Calls back once, as soon as somebody waits for a run. */
  whenPolled(then: (runId: string) => void): void;
  close(): Promise<void>;
}

export async function startApify(): Promise<TestApify> {
  const time = fakeClock();
  const emulator = await startEmulator({
    declaration: {
      users: [{ username: "janedoe", token: "jane-token" }],
      actors: [
        { username: "janedoe", name: "by-hand", manual: true },
        {
          username: "janedoe",
          name: "unapproved",
          manual: true,
          refusal: {
            type: "full-permission-actor-not-approved",
            data: { approvalUrl: "https://console.example/approve" },
          },
        },
      ],
      tasks: [
        { username: "janedoe", name: "scrape", actor: "janedoe~by-hand" },
        { username: "janedoe", name: "other", actor: "janedoe~by-hand" },
        { username: "janedoe", name: "unapproved", actor: "janedoe~unapproved" },
      ],
    },
    clock: time,
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
    time,
    context: (options = {}) => testContext(client, { ...options, baseUrl: emulator.url }),
    starts: () => emulator.writes().filter(({ pathname }) => pathname.endsWith("/runs")).length,
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

/** The error that something ends with. */
export async function errorOf(failing: Promise<unknown>): Promise<Error> {
  const outcome = await failing.then(
    () => undefined,
    (error: unknown) => error,
  );
  assert.ok(outcome instanceof Error, "it should have failed");
  return outcome;
}

/** The error of something of which nothing is to be recorded. */
export async function plainErrorOf(failing: Promise<unknown>): Promise<Error> {
  const error = await errorOf(failing);
  assert.ok(error instanceof ProviderError, error.stack);
  assert.ok(!(error instanceof PartialFailure), "nothing is to be recorded");
  return error;
}

/** The error of something that is to be recorded all the same. */
export async function partialFailureOf(
  failing: Promise<unknown>,
): Promise<PartialFailure<TaskRunState>> {
  const error = await errorOf(failing);
  assert.ok(error instanceof PartialFailure, error.stack);
  return error as PartialFailure<TaskRunState>;
}
