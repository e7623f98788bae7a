import { once } from "node:events";
import type { Emulator, RecordedRequest } from "../../../emulator";

/** A request that goes no further than the test lets it. */
export interface Stop {
  /** Resolves when the request has come. */
  readonly reached: Promise<void>;
  /** Resolves when its client is gone, and what was to be done after that is done. */
  readonly left: Promise<void>;
  /** Lets it go on. */
  readonly release: () => void;
}

const patterns = {
  look: /^GET \/v2\/actor-tasks\/[^/]+\/runs\b/,
  start: /^POST \/v2\/actor-tasks\/[^/]+\/runs\b/,
  /** The wait for a run; a look may read runs too, but waits for none. */
  poll: /^GET \/v2\/actor-runs\/[^/]+\?waitForFinish=/,
  /** The look for a task by its name, or the read of a task that is known. */
  readTask: /^GET \/v2\/actor-tasks\/[^/?]+$/,
  createTask: /^POST \/v2\/actor-tasks$/,
} as const;

type Kind = keyof typeof patterns;

type Predicate = (request: RecordedRequest) => boolean;

/** Which request to stop, and when. */
export interface StopOptions {
  /** Before its work, after it, or before it with the work done when the client is gone. @default none */
  readonly work?: "none" | "done" | "late";
  /** Which of the requests. @default the next one */
  readonly when?: Predicate;
}

/** Stops one request of a kind. */
export function stopAt(
  emulator: Emulator,
  kind: Kind,
  { work = "none", when = () => true }: StopOptions = {},
): Stop {
  const [reached, left, released] = [signal(), signal(), signal()];
  const remove = emulator.use(async (request, { serve, send, disconnected }) => {
    if (!isOf(kind, request) || !when(request)) return "pass";
    remove();
    const answer = work === "done" ? await serve() : undefined;
    const gone = disconnected.aborted ? Promise.resolve() : once(disconnected, "abort");
    reached.give();
    await Promise.race([gone, released.given]);
    if (!disconnected.aborted) send(answer ?? (await serve()));
    else if (work === "late") await serve();
    left.give();
    return "handled";
  });
  return { reached: reached.given, left: left.given, release: released.give };
}

/** Resolves when a request of a kind has come, and does nothing to it. */
export function whenAsked(
  emulator: Emulator,
  kind: Kind,
  when: Predicate = () => true,
): Promise<void> {
  const seen = signal();
  const remove = emulator.use((request) => {
    if (isOf(kind, request) && when(request)) {
      remove();
      seen.give();
    }
    return "pass";
  });
  return seen.given;
}

function isOf(kind: Kind, { method, path }: RecordedRequest): boolean {
  return patterns[kind].test(`${method} ${path}`);
}

function signal(): { given: Promise<void>; give: () => void } {
  let give = (): void => undefined;
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { given, give };
}
