import { stopAt, whenAsked, type Stop } from "../../host/support/stop";
import type { Emulator, RecordedRequest, Run } from "../../../emulator";
import type { RunningCommand } from "./project";

/** How far each of the resources of one deployment has come when it is ended: the name of the resource, and of its task. */
export const points = [
  /** It looks for its run. */
  "looking",
  /** Its start was carried out, and is not answered. */
  "unanswered",
  /** It waits for its run. */
  "waiting",
  /** It waits for its run, which succeeds before the next deployment. */
  "unwatched",
  /** Its run has succeeded, and the answer that says so is not sent. */
  "ended",
] as const;

/** See {@link points}. */
export type Point = (typeof points)[number];

/** A program with a resource at each point. */
export function programOf(generation: number): string {
  return `
    for (const point of ${JSON.stringify(points)}) {
      new apify.TaskRun(point, {
        actorTaskId: "janedoe~" + point,
        input: { point, generation: ${generation} },
      });
    }`;
}

/** The runs of a resource that were started with an input of this generation, oldest first. */
export function runsOf(emulator: Emulator, point: Point, generation: number): readonly Run[] {
  return emulator.runs().filter((run) => {
    const input = inputOf(emulator, run);
    return input.point === point && input.generation === generation;
  });
}

/** Lets all runs succeed that are under way. */
export function finishAll(emulator: Emulator): void {
  for (const { id } of emulator.liveRuns()) emulator.finish(id);
}

/** A deployment that has come to all points. */
export interface Stopped {
  /** Resolves when nothing of it is under way at Apify any more. */
  readonly left: Promise<unknown>;
  /** Lets it go on. */
  release(): void;
}

/** Resolves when a deployment has come to all points. */
export async function stopAtAllPoints(
  emulator: Emulator,
  command: RunningCommand,
  generation: number,
): Promise<Stopped> {
  const ofTask =
    (point: Point) =>
    ({ pathname }: RecordedRequest): boolean =>
      pathname.includes(`/janedoe~${point}/`);
  const ofRun =
    (point: Point) =>
    ({ pathname }: RecordedRequest): boolean => {
      const run = emulator.run(pathname.split("/").at(-1) ?? "");
      return run !== undefined && inputOf(emulator, run).point === point;
    };
  const stops: readonly Stop[] = [
    stopAt(emulator, "look", { when: ofTask("looking") }),
    stopAt(emulator, "start", { work: "done", when: ofTask("unanswered") }),
    stopAt(emulator, "poll", { when: ofRun("ended") }),
  ];
  const arrivals = [
    ...stops.map(({ reached }) => reached),
    whenAsked(emulator, "poll", ofRun("waiting")),
    whenAsked(emulator, "poll", ofRun("unwatched")),
  ];
  const early = command.ended.then(({ output }) => {
    throw new Error(`The deployment ended before it came to all points:\n${output}`);
  });
  await Promise.race([Promise.all(arrivals), early]);
  for (const point of ["waiting", "unwatched", "ended"] as const) {
    for (const { id } of runsOf(emulator, point, generation)) {
      await command.shows(`Run ${id} started: https://`);
      if (point === "ended") emulator.finish(id);
    }
  }
  early.catch(() => undefined);
  return {
    left: Promise.all(stops.map(({ left }) => left)),
    release: () => {
      for (const stop of stops) stop.release();
    },
  };
}

function inputOf(emulator: Emulator, run: Run): { point?: unknown; generation?: unknown } {
  return emulator.record(run.defaultKeyValueStoreId, "INPUT") ?? {};
}
