import { ApifyClient } from "apify-client";
import { input, task, type Contender } from "./contender";
import { runScript } from "./process";

/** Apify's own client, with all its defaults. */
export const apifyClient: Contender = {
  name: "apify-client",
  enter(world) {
    let processes = 0;
    return () => {
      const userAgent = `process-${++processes}`;
      const client = new ApifyClient({
        token: world.token,
        baseUrl: world.emulator.url,
        userAgentSuffix: userAgent,
      });
      return runScript(world, { userAgent, script: () => client.task(task).call(input) });
    };
  },
};

/** It loads modules at its first request, for which a time that jumps does not wait. */
export async function loadApifyClient(): Promise<void> {
  const nowhere = new ApifyClient({ baseUrl: "http://127.0.0.1:1", maxRetries: 0 });
  await nowhere
    .user()
    .get()
    .catch(() => undefined);
}
