import { request } from "node:http";
import { count } from "./matrix";
import type { Command } from "./stack";
import type { World } from "./world";

/** Refuses new connections for some time, from the moment at which so many requests were answered. */
export async function refuseAfter(
  { emulator, time }: World,
  { answers, millis }: { readonly answers: number; readonly millis: number },
): Promise<void> {
  const refuse = async (): Promise<void> => {
    const admit = await emulator.refuseConnections();
    count("faults");
    time.emulatorClock.setTimer(millis, () => void admit());
  };
  if (answers === 0) {
    await refuse();
    return;
  }
  let answered = 0;
  emulator.use(async (_request, { serve, send }) => {
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

/** How much of a request is done when a process is killed. */
export type KillMoment = "before the work" | "after the work";

/** Kills the process of a command when its time has come; gives what calls that off. */
export type Killer = (world: World, kill: () => void) => () => void;

/** Kills at the n-th request from now on, whoever sends it. */
export function atRequest(request: number, moment: KillMoment): Killer {
  return ({ emulator }, kill) => {
    let seen = 0;
    return emulator.use(async (_request, exchange) => {
      if (++seen !== request) return "pass";
      if (moment === "after the work") await exchange.serve();
      kill();
      return "handled";
    });
  };
}

/** Kills after some time. */
export function afterMillis(millis: number): Killer {
  return ({ time }, kill) => time.emulatorClock.setTimer(millis, kill);
}

/** Waits until a command has ended or was killed, and says which. */
export async function endOf(
  world: World,
  { process, done }: Command,
  killer: Killer,
): Promise<"killed" | "ended"> {
  const killed = new Promise<"killed">((resolve) => {
    const spare = killer(world, () => {
      process.kill();
      count("faults");
      resolve("killed");
    });
    void done.then(spare);
  });
  return world.time.run(Promise.race([killed, done.then(() => "ended" as const)]));
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

/** Does something after so many seconds from now. */
export function atSeconds({ time }: World, secs: number, then: () => void): void {
  time.emulatorClock.setTimer(secs * 1000, then);
}

/** The id of the newest run. */
export function theRun({ emulator }: World): string {
  return emulator.runs().at(-1)?.id ?? "none";
}

/** Brings the newest run back to life, as somebody may in Apify Console. */
export function resurrect(world: World): void {
  world.emulator.setStatus(theRun(world), {
    status: "RUNNING",
    finishedAt: null,
    exitCode: null,
    statusMessage: null,
  });
}
