import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { setMaxListeners } from "node:events";
import { createApifyClient } from "../../../provider/apify/client";
import { createSharedReads } from "../../../provider/resources/sharedReads";
import { createTaskLedger } from "../../../provider/resources/task/taskLedger";
import { createDeploymentLedger } from "../../../provider/resources/taskRun/deploymentLedger";
import type { Clock } from "../../../provider/apify/clock";
import type { Account } from "../../../provider/resources/account";
import type { ResourceContext } from "../../../provider/resources/resourceContext";
import type { TaskContext } from "../../../provider/resources/task/taskContext";
import type { TaskRunContext } from "../../../provider/resources/taskRun/taskRunContext";
import type { Emulator } from "../../../emulator";
import type { VirtualTime } from "../../support/virtualTime";
import type { ClientRequest } from "node:http";

/** What a process works with. */
export interface Surroundings {
  readonly emulator: Emulator;
  readonly time: VirtualTime;
  readonly token: string;
  /** How far the clocks of the processes are ahead of Apify's. */
  readonly aheadMillis: number;
  /** Everything that users were shown: lines, statuses and errors. */
  readonly shown: string[];
  /** Calls back when all is over. */
  whenClosed(then: () => void): void;
}

/** A process of Pulumi's host, as far as what it does depends on being one. */
export interface DeploymentProcess {
  /** Its `User-Agent` says `process-<number>`, and so does that of the runs it starts. */
  readonly number: number;
  /** What an operation on this TaskRun works with. */
  context(owner: string): TaskRunContext;
  /** What an operation on this Task works with. */
  taskContext(owner: string, resourceName: string): TaskContext;
  /** Ends at once, as SIGKILL does: nothing it was about to do is done. */
  kill(): void;
  readonly isDead: () => boolean;
  /** How many of its timers are pending. */
  readonly timers: () => number;
  /** What SIGINT does while an operation is under way. */
  readonly interrupt: () => void;
  /** Resolves with what was promised, or never when the process is killed before. */
  survives<T>(promise: Promise<T>): Promise<T>;
}

/** Starts a process. Its requests are known by their address and `User-Agent`, which is how they end with it. */
export function startProcess(surroundings: Surroundings, number: number): DeploymentProcess {
  const { emulator, time, shown } = surroundings;
  const userAgent = `pulumi-apify/test process-${number}`;
  const { host } = new URL(emulator.url);
  const requests = new Set<ClientRequest>();
  const stop = new AbortController();
  // Each request that is under way listens.
  setMaxListeners(0, stop.signal);
  let dead = false;

  const onRequest = (message: unknown): void => {
    const { request } = message as { request: ClientRequest };
    // A test that has timed out may go on beside this one, with processes of the same number.
    if (request.getHeader("host") !== host) return;
    if (!`${String(request.getHeader("user-agent"))} `.startsWith(`${userAgent} `)) return;
    requests.add(request);
    request.once("close", () => requests.delete(request));
    // What the dead process would have sent again.
    if (dead) request.destroy();
  };
  subscribe("http.client.request.start", onRequest);
  surroundings.whenClosed(() => {
    unsubscribe("http.client.request.start", onRequest);
  });

  const survives = <T>(promise: Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      promise.then(
        (value) => {
          if (!dead) resolve(value);
        },
        (error: unknown) => {
          // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- handed on as it is
          if (!dead) reject(error);
        },
      );
    });
  let timers = 0;
  const ownClock = time.providerClock(surroundings.aheadMillis);
  const clock: Clock = {
    ...ownClock,
    sleep: async (millis, signal) => {
      timers += 1;
      await ownClock.sleep(millis, signal);
      timers -= 1;
    },
  };
  const mortalClock: Clock = {
    ...clock,
    sleep: (millis, signal) => survives(clock.sleep(millis, signal)),
  };
  // Its own time-outs go on after its death, so that no dead request waits for ever; but it sends none again.
  const client = createApifyClient({
    token: surroundings.token,
    baseUrl: emulator.url,
    userAgent,
    clock: {
      ...clock,
      monotonicMillis: () => {
        if (dead) throw new Error("The process is dead.");
        return clock.monotonicMillis();
      },
    },
  });
  const mortalClient = new Proxy(client, {
    get:
      (target, name: keyof typeof client) =>
      (...args: readonly unknown[]) =>
        dead
          ? survives(new Promise(() => undefined))
          : survives((target[name] as (...args: readonly unknown[]) => Promise<unknown>)(...args)),
  });
  const account: Account = {
    client: mortalClient,
    tokenFrom: "APIFY_TOKEN",
    baseUrl: emulator.url,
    consoleUrl: "https://console.example",
  };
  const ledger = createDeploymentLedger();
  const taskLedger = createTaskLedger();
  const reads = createSharedReads();
  const show = (text: string): void => {
    if (!dead) shown.push(text);
  };
  const contextOf = (owner: string, resourceName: string): ResourceContext => ({
    resourceName,
    clock: mortalClock,
    account: () => account,
    report: { line: show, shown: () => Promise.resolve(), log: show, status: show },
    owner,
    reads,
    signal: stop.signal,
    isUnknown: () => false,
    timeLimitSecs: {},
  });

  return {
    number,
    context: (owner) => ({ ...contextOf(owner, owner), ledger }),
    taskContext: (owner, resourceName) => ({
      ...contextOf(owner, resourceName),
      ledger: taskLedger,
    }),
    kill: () => {
      dead = true;
      for (const request of requests) request.destroy();
    },
    isDead: () => dead,
    timers: () => timers,
    interrupt: () => {
      stop.abort();
    },
    survives,
  };
}
