import axios, { type AxiosInstance } from "axios";
import axiosRetry from "axios-retry";
import { isTerminal } from "../../emulator";
import { input, task, type Contender } from "./contender";
import { runScript, type ScriptResult } from "./process";

const pollMillis = 1_000;
const mostPolls = 60;

/** The script that one writes first: a POST, then a GET every second until the run has ended. */
export const plainAxios = axiosScript("axios", () => axios.create());

/** The same script over axios-retry with all its defaults. */
export const retryingAxios = axiosScript("axios + axios-retry", () => {
  const http = axios.create();
  axiosRetry(http);
  return http;
});

function axiosScript(name: string, newHttp: () => AxiosInstance): Contender {
  return {
    name,
    enter(world) {
      let processes = 0;
      return () => {
        const userAgent = `script process-${++processes}`;
        const http = newHttp();
        Object.assign(http.defaults, {
          baseURL: `${world.emulator.url}/v2`,
          headers: { Authorization: `Bearer ${world.token}`, "User-Agent": userAgent },
        });
        return runScript(world, { userAgent, script: () => runTask(http) });
      };
    },
  };
}

async function runTask(http: AxiosInstance): Promise<ScriptResult> {
  const started = await http.post<{ data: ScriptResult }>(`/actor-tasks/${task}/runs`, input);
  let run = started.data.data;
  for (let polls = 0; polls < mostPolls && !isTerminal(run.status); polls++) {
    await new Promise((resolve) => setTimeout(resolve, pollMillis));
    run = (await http.get<{ data: ScriptResult }>(`/actor-runs/${run.id}`)).data.data;
  }
  return run;
}
