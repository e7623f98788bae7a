import assert from "node:assert/strict";
import { fakeClock, seededRandom, startEmulator } from "../../../emulator";
import type {
  Clock,
  Declaration,
  Emulator,
  EmulatorOptions,
  FakeClock,
  JsonObject,
  Run,
} from "../../../emulator";

/** Two accounts and an Actor whose runs tests end. Tests add other Actors. */
export const declaration = {
  users: [
    { username: "janedoe", token: "jane-token" },
    { username: "johndoe", token: "john-token" },
  ],
  actors: [{ username: "janedoe", name: "by-hand", manual: true }],
  tasks: [
    { username: "janedoe", name: "scrape", actor: "janedoe~by-hand" },
    { username: "johndoe", name: "private", actor: "janedoe~by-hand" },
  ],
} satisfies Declaration;

/** The answer to a request. */
export interface Reply<Data = JsonObject> {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The `data` of the envelope. */
  readonly data: Data;
  readonly error: { type: string; message: string; data?: JsonObject };
}

/** The parts of a request. */
interface Call {
  readonly token?: string | null;
  readonly json?: unknown;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Record<string, string>;
}

/** An emulator with shortcuts for requests. */
export interface TestEmulator extends Emulator {
  readonly clock: FakeClock;
  /** Sends a request such as `GET /v2/users/me`, as janedoe by default. */
  call<Data = JsonObject>(methodAndPath: string, call?: Call): Promise<Reply<Data>>;
  /** Starts the task `~scrape` and returns its run. */
  startRun(query?: string, input?: JsonObject): Promise<Run>;
  /** Resolves when a timer of this length is set. */
  readonly timerSet: (millis: number) => Promise<void>;
}

/** How to start an emulator of a test. */
export interface TestOptions extends Partial<EmulatorOptions> {
  /** The time by the fake clock, in epoch milliseconds. @default that of every fake clock */
  readonly startsAt?: number;
}

/** Starts an emulator with a fake clock; {@link closeEmulatorsAfterEach} closes it. */
export async function startTestEmulator({
  startsAt,
  ...options
}: TestOptions = {}): Promise<TestEmulator> {
  const clock = fakeClock(startsAt);
  const listeners = new Set<(millis: number) => void>();
  const watched: Clock = {
    now: () => clock.now(),
    setTimer: (millis, callback) => {
      const cancel = clock.setTimer(millis, callback);
      for (const listener of listeners) listener(millis);
      return cancel;
    },
  };
  const random = seededRandom(1);
  const emulator = await startEmulator({ declaration, clock: watched, random, ...options });
  opened.add(emulator);
  for (const listener of startListeners) listener(emulator);

  const call = <Data>(methodAndPath: string, asked: Call = {}): Promise<Reply<Data>> =>
    send<Data>(emulator.url, methodAndPath, asked);
  return {
    ...emulator,
    clock,
    call,
    startRun: async (query = "", input?: JsonObject) => {
      const path = `POST /v2/actor-tasks/~scrape/runs${query}`;
      const reply = await call<Run>(path, input === undefined ? {} : { json: input });
      assert.equal(reply.status, 201, reply.text);
      return reply.data;
    },
    timerSet: (millis) =>
      new Promise((resolve) => {
        const listener = (set: number): void => {
          if (set !== millis) return;
          listeners.delete(listener);
          resolve();
        };
        listeners.add(listener);
      }),
  };
}

const opened = new Set<Emulator>();

/** Called with each emulator that {@link startTestEmulator} starts. */
export const startListeners = new Set<(emulator: Emulator) => void>();

/** Closes the emulators of each test in the enclosing suite. */
export function closeEmulatorsAfterEach(): void {
  afterEach(async () => {
    await Promise.all([...opened].map((emulator) => emulator.close()));
    opened.clear();
  });
}

/** Starts the task `~scrape` and lets its run become RUNNING. */
export async function runningRun(emulator: TestEmulator, query = ""): Promise<Run> {
  const run = await emulator.startRun(query);
  emulator.clock.advance(0);
  return run;
}

/** Resolves when the emulator holds this many requests open. */
export async function untilHeld(emulator: Emulator, count: number): Promise<void> {
  while (emulator.held() !== count) await new Promise((resolve) => setImmediate(resolve));
}

/** A declaration with one Actor, `janedoe~actor`, behind the task `~scrape`. */
export function withActor(
  actor: Omit<NonNullable<Declaration["actors"]>[number], "username" | "name">,
  task: { input?: JsonObject; options?: JsonObject } = {},
): Declaration {
  return {
    users: declaration.users,
    actors: [{ username: "janedoe", name: "actor", ...actor }],
    tasks: [{ username: "janedoe", name: "scrape", actor: "janedoe~actor", ...task }],
  };
}

async function send<Data>(
  base: string,
  methodAndPath: string,
  { token = "jane-token", json, body, headers = {} }: Call,
): Promise<Reply<Data>> {
  const [method = "", path = ""] = methodAndPath.split(" ");
  const sent = json === undefined ? body : JSON.stringify(json);
  const response = await fetch(base + path, {
    method,
    headers: {
      ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
      ...(json === undefined ? {} : { "Content-Type": "application/json" }),
      ...headers,
    },
    ...(sent === undefined ? {} : { body: sent }),
  });
  const text = await response.text();
  const envelope = parsed(text) as { data: Data; error: Reply["error"] };
  return {
    status: response.status,
    headers: response.headers,
    text,
    data: envelope.data,
    error: envelope.error,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

/** Checks an answer in Apify's error envelope. */
export function assertError(reply: Reply<unknown>, status: number, type: string): void {
  assert.deepEqual({ status: reply.status, type: reply.error.type }, { status, type }, reply.text);
  assert.notEqual(reply.error.message, "");
}
