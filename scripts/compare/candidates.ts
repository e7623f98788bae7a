import { ApifyClient } from "apify-client";
import axios from "axios";
import axiosRetry from "axios-retry";
import { isTerminal } from "../../emulator";
import { runScript } from "./scriptProcess";
import type { AxiosInstance } from "axios";
import type { World } from "../../test/faults/support/world";
import type { Attempt, AttemptResult, ScriptResult } from "./scriptProcess";

/** One way to run a task and to wait for its result. */
export interface Candidate {
  readonly name: string;
  /** Prepares the candidate in a world. The returned function is called once for each process. */
  readonly prepare: (world: World) => () => Attempt;
}

const task = "janedoe~quick";
const input = { startUrls: [{ url: "https://example.com" }] };

const pollMillis = 1_000;
const maxPolls = 60;

/** `create` of this package, in a stack that is treated as Pulumi's engine treats it. */
export const pulumiApify: Candidate = {
  name: "pulumi-apify",
  prepare: (world) => {
    const stack = world.stack();
    return () => {
      const { process, done } = stack.up({ prices: { actorTaskId: task, input } });
      const result = done.then((errors): AttemptResult => {
        const recorded = stack.state.get("prices")?.outputs.run;
        const shown = [...world.shown, ...world.recorded].join("\n");
        return { outcome: errors.prices?.message ?? recorded?.status ?? "nothing", shown };
      });
      return {
        result,
        kill: () => {
          process.kill();
        },
      };
    };
  },
};

/** Apify's own client with its defaults. */
const apifyClient: Candidate = script("apify-client", (world, userAgent) => {
  const { token, emulator } = world;
  const client = new ApifyClient({ token, baseUrl: emulator.url, userAgentSuffix: userAgent });
  return () => client.task(task).call(input);
});

/** The obvious script: a POST, then a GET every second until the run has ended. */
export const axiosScript: Candidate = script("axios", (world, userAgent) => {
  const http = axios.create(axiosDefaults(world, userAgent));
  return () => runTask(http);
});

/** The same script with axios-retry and its defaults. */
const axiosRetryScript: Candidate = script("axios + axios-retry", (world, userAgent) => {
  const http = axios.create(axiosDefaults(world, userAgent));
  axiosRetry(http);
  return () => runTask(http);
});

/** All candidates, this package first. */
export const candidates = [pulumiApify, apifyClient, axiosRetryScript, axiosScript];

/** Makes apify-client load the modules that it loads at its first request, which takes real time. */
export async function warmUpApifyClient(): Promise<void> {
  const client = new ApifyClient({ baseUrl: "http://127.0.0.1:1", maxRetries: 0 });
  await client
    .user()
    .get()
    .catch(() => undefined);
}

function script(
  name: string,
  scriptOf: (world: World, userAgent: string) => () => Promise<ScriptResult>,
): Candidate {
  return {
    name,
    prepare: (world) => {
      let processes = 0;
      return () => {
        const userAgent = `process-${++processes}`;
        return runScript(world, { userAgent, script: scriptOf(world, userAgent) });
      };
    },
  };
}

function axiosDefaults({ emulator, token }: World, userAgent: string): object {
  return {
    baseURL: `${emulator.url}/v2`,
    headers: { Authorization: `Bearer ${token}`, "User-Agent": `script ${userAgent}` },
  };
}

async function runTask(http: AxiosInstance): Promise<ScriptResult> {
  const started = await http.post<{ data: ScriptResult }>(`/actor-tasks/${task}/runs`, input);
  let run = started.data.data;
  for (let polls = 0; polls < maxPolls && !isTerminal(run.status); polls++) {
    await new Promise((resolve) => setTimeout(resolve, pollMillis));
    run = (await http.get<{ data: ScriptResult }>(`/actor-runs/${run.id}`)).data.data;
  }
  return run;
}
