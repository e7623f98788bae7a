import assert from "node:assert/strict";
import { isFaulty, programOf, resourceNames, stackNames } from "./model";
import type { Run } from "../../../../emulator";
import type { Command } from "../stack";
import type { Model, Need, ResourceName, StackName } from "./model";
import type { Ending } from "./trouble";

/** What the invariants are told of one command of one stack. */
export interface FinishedCommand {
  readonly stack: StackName;
  readonly operation: "up" | "refresh" | "destroy";
  readonly command: Command;
  readonly ending: Ending;
  readonly needs: Readonly<Record<ResourceName, Need>>;
  /** Whether nothing was put in its way: neither a fault nor a signal. */
  readonly course: "undisturbed" | "disturbed";
}

/** What a model test counts beside its commands. */
export const counts = { doubleStarts: 0, lostRuns: 0 };

/**
 * I1: an intent that needs a run gets one; nothing else gets any. Undisturbed, it is exactly one,
 * or the one that is there. A start under the eyes of a run for the same intent is one too many.
 */
export function expectAllowedStarts(
  model: Model,
  { stack, operation, needs, course, ending }: FinishedCommand,
  runs: { readonly started: readonly Run[]; readonly promisingBefore: readonly Run[] },
): void {
  for (const name of resourceNames) {
    const isOwn = ({ id }: Run): boolean => {
      const origin = model.origins.get(id);
      return origin?.stack === stack && origin.resource === name;
    };
    const intent = (run: Run): string | undefined => model.origins.get(run.id)?.intent;
    const started = runs.started.filter(isOwn);
    const need = operation === "up" ? needs[name] : { kind: "nothing" as const };
    const what = `runs that ${operation} of ${stack} started for ${name}, which needs ${JSON.stringify(need)}`;
    const others = [...runs.promisingBefore.filter(isOwn), ...started];
    const doubles = started.filter((run) =>
      others.some(
        (other) =>
          other !== run &&
          intent(other) === intent(run) &&
          wasUnderWay(model, other, run.startedAt),
      ),
    );
    counts.doubleStarts += doubles.length;
    assert.deepEqual(doubles, [], `double starts; ${what}`);
    assert.ok(started.length <= (need.kind === "nothing" ? 0 : 1), `${started.length} ${what}`);
    if (course === "disturbed" || ending.how === "killed") continue;
    assert.equal(started.length, need.kind === "start" ? 1 : 0, what);
    for (const { id } of started) {
      const isNamed = model.world.shown.some((text) => text.startsWith(`Run ${id} started`));
      assert.ok(isNamed, `run ${id} is named when it is started`);
    }
    const recorded = model.stacks[stack].state.get(name)?.outputs.run.id;
    if (need.kind === "takeOver" && !(name in ending.errors)) {
      assert.ok(need.runIds.includes(recorded ?? ""), `taken over is one of ${need.runIds.join()}`);
    }
  }
}

function wasUnderWay({ world }: Model, { id }: Run, at: string): boolean {
  const run = world.emulator.run(id);
  if (run === undefined || Date.parse(run.startedAt) > Date.parse(at)) return false;
  return run.finishedAt === null || Date.parse(run.finishedAt) > Date.parse(at);
}

/** I4: a good `up` leaves nothing to do, and what it recorded is left alone. */
export function expectGoodUp(
  model: Model,
  { stack, ending, command }: FinishedCommand,
  requests: Model["world"]["emulator"]["requests"],
): void {
  for (const name of resourceNames) {
    const entry = model.stacks[stack].state.get(name);
    if (entry === undefined) continue;
    const { id, status } = entry.outputs.run;
    const stopped = requests.filter(
      ({ method, pathname, headers }) =>
        method !== "GET" &&
        pathname.includes(`/actor-runs/${id}`) &&
        `${headers["user-agent"]} `.includes(`process-${command.process.number} `),
    );
    assert.deepEqual(stopped, [], `the recorded run of ${name} is not stopped`);
    if (ending.how === "killed" || name in ending.errors) continue;
    const isGood = status === "SUCCEEDED" || entry.inputs.waitSecs === 0;
    assert.ok(isGood, `a good up of ${name} leaves ${status}`);
  }
}

/** I5: the token is in nothing that is shown, recorded or part of an address. */
export function expectNoToken({ world, stacks }: Model): void {
  const states = stackNames.map((name) => JSON.stringify([...stacks[name].state]));
  const sent = world.emulator.requests.map(
    ({ path, headers }) => `${path} ${headers["user-agent"]}`,
  );
  const texts = [...world.shown, ...states, ...sent].filter((text) => text.includes(world.token));
  assert.deepEqual(texts, [], "texts with the token");
}

/** I6: a command that has ended leaves no request and no timer behind. */
export function expectIdle(
  { world }: Model,
  { command, ending, operation }: FinishedCommand,
): void {
  if (ending.how === "ended") {
    assert.equal(command.process.timers(), 0, `timers after ${operation}`);
  }
  assert.equal(world.emulator.held(), 0, `requests after ${operation}`);
}

/** What waits for nothing that Apify does: a first sight and its log, an abort before a purge, the reads of a look. */
const undisturbedSecs = 60 + 90 + 60;

/** A long poll that is never answered, the longest pause, and the minute of looking after a lost start. */
const secsPerFault = 30 + 15 + 60 + 60;

/** I7: a command takes no longer than what it waits for, and what was put in its way, can explain. */
export function expectInTime(
  model: Model,
  { stack, operation, ending }: FinishedCommand,
  hits: number,
): void {
  const waits = resourceNames.map((name) => model.resources[stack][name].args.waitSecs ?? 0);
  const secs = Math.max(...waits) + undisturbedSecs + hits * secsPerFault;
  const took = ending.millis / 1000;
  assert.ok(took <= secs, `${operation} took ${took} s, and ${secs} s can be explained`);
}

/** I4: another `up` straight after a good one asks for no change and changes nothing. */
export async function expectNoChange(
  model: Model,
  { stack, ending, course }: FinishedCommand,
): Promise<void> {
  if (course === "disturbed" || ending.how === "killed" || isFaulty(model)) return;
  if (Object.keys(ending.errors).length > 0) return;
  const { world, stacks } = model;
  const recorded = JSON.stringify([...stacks[stack].state]);
  const writes = world.emulator.writes().length;
  const errors = await world.time.run(stacks[stack].up(programOf(model, stack)).done);
  assert.deepEqual(errors, {}, "a second up");
  assert.equal(JSON.stringify([...stacks[stack].state]), recorded, "a second up changes nothing");
  assert.equal(world.emulator.writes().length, writes, "a second up asks for no change");
}
