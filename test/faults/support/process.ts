import { createApifyClient } from "../../../provider/apify/client";
import { createMemory } from "../../../provider/lifecycle/memory";
import type { Clock } from "../../../provider/apify/clock";
import type { Context } from "../../../provider/lifecycle/context";
import type { World } from "./world";
import type { Socket } from "node:net";

/** A process of Pulumi's host, as far as what it does depends on being one. */
export interface DeploymentProcess {
  /** What an operation on this resource works with. */
  context(owner: string): Context;
  /** Ends at once, as SIGKILL does: nothing it was about to do is done. */
  kill(): void;
  readonly isDead: () => boolean;
  /** What SIGINT does while an operation is under way. */
  interrupt(): void;
  /** Resolves with what was promised, or never when the process is killed before. */
  survives<T>(promise: Promise<T>): Promise<T>;
}

/** Starts a process. Apify knows it by its `User-Agent`, which is how its connections end with it. */
export function startProcess(world: World, number: number): DeploymentProcess {
  const { emulator, time } = world;
  const userAgent = `pulumi-apify/test process-${number}`;
  const connections = new Set<Socket>();
  const stop = new AbortController();
  let dead = false;

  emulator.use(({ headers }, { socket, response }) => {
    if (!`${headers["user-agent"] ?? ""} `.startsWith(`${userAgent} `)) return "pass";
    if (dead) {
      socket.destroy();
      return "handled";
    }
    connections.add(socket);
    response.once("close", () => connections.delete(socket));
    return "pass";
  });

  const survives = <T>(promise: Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      promise.then(
        (value) => {
          if (!dead) resolve(value);
        },
        (error: unknown) => {
          if (!dead) reject(error as Error);
        },
      );
    });
  const clock = time.providerClock();
  const mortalClock: Clock = {
    ...clock,
    sleep: (millis, signal) => survives(clock.sleep(millis, signal)),
  };
  // Its own time-outs go on after its death, so that no dead request waits for ever.
  const client = createApifyClient({
    token: world.token,
    baseUrl: emulator.url,
    userAgent,
    clock,
  });
  const mortalClient = new Proxy(client, {
    get:
      (target, name: keyof typeof client) =>
      (...args: readonly unknown[]) =>
        dead
          ? survives(new Promise(() => undefined))
          : survives((target[name] as (...args: readonly unknown[]) => Promise<unknown>)(...args)),
  });
  const memory = createMemory();

  return {
    context: (owner) => ({
      clock: mortalClock,
      account: () => ({
        client: mortalClient,
        baseUrl: emulator.url,
        consoleUrl: "https://console.example",
      }),
      report: {
        line: (text) => {
          if (!dead) world.shown.push(text);
        },
        status: (text) => {
          if (!dead) world.shown.push(text);
        },
      },
      owner,
      memory,
      signal: stop.signal,
      isUnknown: () => false,
      timeLimitSecs: {},
    }),
    kill: () => {
      dead = true;
      for (const socket of connections) socket.destroy();
    },
    isDead: () => dead,
    interrupt: () => {
      stop.abort();
    },
    survives,
  };
}
