import assert from "node:assert/strict";
import { once } from "node:events";
import { WebSocket } from "ws";
import { startTestEmulator, withActor } from "./emulator";
import type { ActorContext, Run } from "../../../emulator";
import type { TestEmulator } from "./emulator";

/** A run whose code waits for events. */
export interface ListeningRun {
  readonly emulator: TestEmulator;
  readonly run: Run;
  /** The address at which the run's code gets its events. */
  readonly url: string;
}

/** Starts a run whose code goes on until it is stopped. */
export async function startListeningRun(): Promise<ListeningRun> {
  let started: (context: ActorContext) => void = () => undefined;
  const context = new Promise<ActorContext>((resolve) => (started = resolve));
  const emulator = await startTestEmulator({
    declaration: withActor({
      run: async (given) => {
        started(given);
        await new Promise(() => undefined);
      },
    }),
  });
  const run = await emulator.startRun("?timeout=0");
  emulator.clock.advance(0);
  const { env } = await context;
  assert.equal(env.APIFY_ACTOR_EVENTS_WS_URL, env.ACTOR_EVENTS_WEBSOCKET_URL);
  return { emulator, run, url: env.ACTOR_EVENTS_WEBSOCKET_URL ?? "" };
}

/** A connection that listens for events. */
export interface Listener {
  readonly socket: WebSocket;
  readonly events: { name: string; createdAt: string; data: Record<string, unknown> }[];
  /** The code of the close frame. */
  readonly closed: Promise<number>;
}

/** Listens for events at an address. */
export async function listenTo(
  url: string,
  headers: Record<string, string> = {},
): Promise<Listener> {
  const socket = new WebSocket(url, { headers });
  const events: Listener["events"] = [];
  socket.on("message", (message: Buffer) => {
    events.push(JSON.parse(message.toString()) as Listener["events"][number]);
  });
  const closed = new Promise<number>((resolve) => socket.once("close", resolve));
  await once(socket, "open");
  return { socket, events, closed };
}

/** The status with which a handshake is refused. */
export async function refusalOf(
  url: string,
  headers: Record<string, string> = {},
): Promise<number> {
  const socket = new WebSocket(url, { headers });
  const [, response] = (await once(socket, "unexpected-response")) as [
    unknown,
    { statusCode: number },
  ];
  socket.on("error", () => undefined);
  socket.terminate();
  return response.statusCode;
}
