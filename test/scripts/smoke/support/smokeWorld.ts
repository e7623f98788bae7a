import { startEmulator } from "../../../../emulator";
import { runSmoke } from "../../../../scripts/smoke/smoke";
import { createVirtualTime } from "../../../support/virtualTime";
import type { ActorFunction, Emulator } from "../../../../emulator";
import type { SmokeOptions, SmokeResult } from "../../../../scripts/smoke/smoke";
import type { VirtualTime } from "../../../support/virtualTime";

/** The tokens of the two accounts. */
export const token = "apify_api_TokenOfJaneDoe";
export const otherToken = "apify_api_TokenOfJohnDoe";

/** A local Apify with the Actor `apify/hello-world`, as slow and as late as Apify may be, in virtual time. */
export interface SmokeWorld {
  readonly emulator: Emulator;
  readonly time: VirtualTime;
  /** Runs the checks to their end. */
  readonly smoke: (options?: Partial<SmokeOptions>) => Promise<SmokeResult & { output: string }>;
  /** What is there besides the Actor: tasks, runs and storages. */
  readonly belongings: () => Promise<readonly string[]>;
}

/** How long a run of the Actor takes. */
const runMillis = 5_000;

/** Starts the local Apify; the test closes it. */
export async function openSmokeWorld(): Promise<SmokeWorld> {
  const emulated: { emulator?: Emulator } = {};
  const time = createVirtualTime({ held: () => emulated.emulator?.held() ?? 0 });
  const clock = time.emulatorClock;
  const hello: ActorFunction = ({ input, log, signal }) =>
    new Promise<void>((resolve) => {
      log(`Hello, ${String(input.message)}`);
      clock.setTimer(runMillis, resolve);
      signal.addEventListener("abort", () => {
        resolve();
      });
    });
  const emulator = await startEmulator({
    declaration: {
      users: [
        { username: "apify", token: "apify_api_TokenOfApify" },
        { username: "janedoe", token, limits: { maxMemoryMbytes: 16_384 } },
        { username: "johndoe", token: otherToken },
      ],
      actors: [{ username: "apify", name: "hello-world", run: hello }],
    },
    clock,
    startDelayMillis: 300,
    stopDelayMillis: 200,
    listLagMillis: 2_000,
    itemCountLagMillis: 3_000,
    readLagReads: 1,
  });
  emulated.emulator = emulator;
  return {
    emulator,
    time,
    smoke: async (options = {}) => {
      const lines: string[] = [];
      const result = await time.run(
        runSmoke({
          ...{ token, otherToken, baseUrl: emulator.url, actor: "apify/hello-world" },
          clock: time.providerClock(),
          signal: new AbortController().signal,
          print: (line) => {
            lines.push(line);
          },
          ...options,
        }),
      );
      return { ...result, output: lines.join("\n") };
    },
    belongings: () => belongingsIn(emulator),
  };
}

async function belongingsIn({ url, runs }: Emulator): Promise<readonly string[]> {
  const kinds = ["actor-tasks", "datasets", "key-value-stores", "request-queues"];
  const all = await Promise.all(
    kinds.map(async (kind) => {
      const headers = { Authorization: `Bearer ${token}` };
      const response = await fetch(`${url}/v2/${kind}?unnamed=true`, { headers });
      const { data } = (await response.json()) as { data: { items: { id: string }[] } };
      return data.items.map(({ id }) => `${kind}/${id}`);
    }),
  );
  // The list of runs shows new ones late.
  return [...runs().map(({ id }) => `actor-runs/${id}`), ...all.flat()];
}
