import { stopAt, whenAsked, type Stop } from "./stop";
import type { Emulator } from "../../../emulator";
import type { EngineLine, FakeEngine } from "../../support/engine";
import type { World } from "./world";

/** How far a create has come when its process is killed. */
export const points = [
  /** It looks for the run; nothing was sent that could start one. */
  "looking",
  /** The start was sent, and never gets anywhere. */
  "start lost",
  /** The start was sent, and is carried out when the process is gone. */
  "start late",
  /** The start was carried out; its answer is not sent. */
  "start unanswered",
  /** The answer has come, and the engine is being told. */
  "start answered",
  /** It waits for the run. */
  "waiting",
  /** The run has ended; the answer that says so is not sent. */
  "end unanswered",
] as const;

/** See {@link points}. */
export type Point = (typeof points)[number];

/** A deployment that can be killed at a point. */
export interface Approach {
  /** The engine that it has to be started with. */
  readonly engine: FakeEngine;
  /** Resolves when the point is reached. */
  readonly reached: Promise<void>;
  /** Lets what is held at the point go on. */
  readonly release: () => void;
  /** Resolves, after the kill or the release, when nothing of the deployment is under way at Apify any more. */
  readonly over: Promise<void>;
}

/** Prepares that the next create stops at a point. */
export async function approach(world: World, point: Point): Promise<Approach> {
  let takeLine = (): void => undefined;
  const engine = await world.engine((line, take) => {
    if (point === "start answered" && isStarted(line)) takeLine = take;
    else take();
  });
  const { reached, over, release } = whenReached(world.emulator, engine, point);
  return {
    engine,
    reached,
    over,
    release: () => {
      release();
      takeLine();
    },
  };
}

function whenReached(
  emulator: Emulator,
  engine: FakeEngine,
  point: Point,
): Omit<Approach, "engine"> {
  const nothingHeld = { over: Promise.resolve(), release: () => undefined };
  switch (point) {
    case "looking":
      return stopped(stopAt(emulator, "look"));
    case "start lost":
      return stopped(stopAt(emulator, "start"));
    case "start late":
      return stopped(stopAt(emulator, "start", { work: "late" }));
    case "start unanswered":
      return stopped(stopAt(emulator, "start", { work: "done" }));
    case "start answered":
      return { reached: engine.untilLine(startedLine).then(() => undefined), ...nothingHeld };
    case "waiting":
      return { reached: whenAsked(emulator, "poll"), ...nothingHeld };
    case "end unanswered": {
      const { reached, ...held } = stopped(stopAt(emulator, "poll"));
      const ended = reached.then(() => {
        const newest = emulator.runs().at(-1);
        if (newest !== undefined) emulator.finish(newest.id);
      });
      return { reached: ended, ...held };
    }
  }
}

function stopped({ reached, left, release }: Stop): Omit<Approach, "engine"> {
  return { reached, over: left, release };
}

const startedLine = /^Run \w+ started/;

function isStarted({ text }: EngineLine): boolean {
  return startedLine.test(text);
}
