import { request } from "node:http";
import { count } from "./describeFaults";
import type { World } from "./world";

/** Refuses new connections for some time, from the moment at which so many requests were answered; gives what calls that off. */
export async function refuseAfter(
  { emulator, time }: World,
  { answers, millis }: { readonly answers: number; readonly millis: number },
): Promise<() => void> {
  const refuse = async (): Promise<void> => {
    const admit = await emulator.refuseConnections();
    count("faults");
    time.emulatorClock.setTimer(millis, () => void admit());
  };
  if (answers === 0) {
    await refuse();
    return () => undefined;
  }
  let answered = 0;
  return emulator.use(async (_request, { serve, send }) => {
    if (++answered !== answers) return "pass";
    const answer = await serve();
    await refuse();
    send(answer);
    return "handled";
  });
}

/** Ends long polls that have been idle for so long, as proxies do. */
export function interruptPolls(
  { emulator, time }: World,
  options: {
    readonly afterMillis: number;
    readonly how: "reset" | "answered with 504";
    readonly times: number;
  },
): void {
  let left = options.times;
  emulator.use(({ path }, { socket, send, disconnected }) => {
    if (!path.includes("waitForFinish=")) return "pass";
    time.emulatorClock.setTimer(options.afterMillis, () => {
      if (disconnected.aborted || left-- <= 0) return;
      count("faults");
      if (options.how === "reset") socket.resetAndDestroy();
      else send({ status: 504, headers: { "Content-Type": "text/plain" }, body: Buffer.from("") });
    });
    return "pass";
  });
}

/**
 * Resets the next start, and lets Apify receive it some time later all the same: something on the
 * way had it already.
 */
export function deliverLate({ emulator, time, token }: World, millis: number): void {
  emulator.faults.inject({
    endpoint: "startRun",
    fault: { kind: "reset", when: "beforeWork" },
    when: ({ path, headers, body }) => {
      time.emulatorClock.setTimer(millis, () => {
        const sent = request(`${emulator.url}${path}`, {
          method: "POST",
          agent: false,
          headers: {
            Authorization: `Bearer ${token}`,
            "Content-Type": "application/json",
            "User-Agent": headers["user-agent"],
          },
        });
        // Nobody waits for the answer any more.
        sent.on("response", (response) => response.resume()).on("error", () => undefined);
        sent.end(JSON.stringify(body));
      });
      return true;
    },
  });
}
