import assert from "node:assert/strict";
import { deploy, finishShownRun, type Recorded } from "./deploy";
import { approach, type Point } from "./points";
import { startStranger } from "./stranger";
import { openWorld, type World } from "./world";
import type { EmulatorSettings, Run } from "../../../emulator";
import type { Properties } from "../../support/host";

/** A deployment whose process is killed. */
export interface Kill {
  readonly point: Point;
  /** Whether there is a run in the state that the wanted one is to replace. */
  readonly kind: "first run" | "replacement";
  /** An `idempotencyKey` of the user's own, if there is one. */
  readonly idempotencyKey?: string | undefined;
  /** How many runs of others, with the same input, are under way. */
  readonly strangers: number;
  readonly listedMeta: EmulatorSettings["listedMeta"];
}

/** What is to become of the run that the killed process was about to start or had started. */
export type Fate =
  /** There is none; the next deployment starts it. */
  | "started by the next"
  | "taken over"
  /** It delivered, and nobody can tell that this was not seen: it is named, and another one is started. */
  | "named and run again";

/** See {@link Fate}. Pure. */
export function fateAfter({ point, kind, idempotencyKey }: Kill): Fate {
  if (point === "looking" || point === "start lost") return "started by the next";
  const isTold = kind === "replacement" || idempotencyKey !== undefined;
  return point === "end unanswered" && !isTold ? "named and run again" : "taken over";
}

/** What there is after a kill and the deployment that followed. */
export interface Aftermath {
  /** The run that the killed process started. */
  readonly orphan: Run | undefined;
  /** The run that the next deployment recorded. */
  readonly recorded: Run;
  /** All runs that were started for this intent, oldest first. */
  readonly runs: readonly Run[];
  /** The lines that the next deployment showed. */
  readonly shown: readonly string[];
}

/** Kills the process of a deployment, and lets a new one do what the engine would do next. */
export async function killAndDeployAgain(kill: Kill): Promise<Aftermath> {
  const world = await openWorld({ listedMeta: kill.listedMeta });
  try {
    const { emulator } = world;
    const { idempotencyKey } = kill;
    const wanted = (generation: number): Properties =>
      world.resource("prices", {
        actorTaskId: "janedoe~by-hand",
        input: { generation },
        ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
      });
    for (let count = 0; count < kill.strangers; count++) {
      await startStranger(emulator, { generation: 2 });
    }
    const old = kill.kind === "replacement" ? await deployUndisturbed(world, wanted(1)) : undefined;
    const before = new Set(emulator.runs().map(({ id }) => id));
    const isNew = ({ id }: Run): boolean => !before.has(id);

    await killAt(world, kill.point, wanted(2), old?.recorded);
    const [orphan, ...others] = emulator.runs().filter(isNew);
    assert.deepEqual(others, []);

    const { recorded, shown } = await deployUndisturbed(world, wanted(2), old?.recorded);
    const runs = emulator.runs().filter(isNew);
    const run = runs.find(({ id }) => id === recorded.id);
    assert.ok(run, "the run of somebody else was taken over");
    return { orphan, recorded: run, runs, shown };
  } finally {
    await world.close();
  }
}

async function killAt(
  world: World,
  point: Point,
  wanted: Properties,
  old: Recorded | undefined,
): Promise<void> {
  const { engine, reached, over } = await approach(world, point);
  const host = await world.configuredHost(engine);
  const broken = assert.rejects(deploy(host, wanted, old));
  await Promise.race([reached, broken]);
  await host.end("SIGKILL");
  await Promise.all([broken, over]);
}

async function deployUndisturbed(
  world: World,
  wanted: Properties,
  old?: Recorded,
): Promise<{ recorded: Recorded; shown: readonly string[] }> {
  const engine = await world.engine();
  const host = await world.configuredHost(engine);
  const deployed = deploy(host, wanted, old);
  await Promise.race([finishShownRun(world.emulator, engine), deployed]);
  const recorded = await deployed;
  const { changes } = await host.diff(recorded.id, recorded.properties, recorded.inputs);
  assert.equal(changes, "none");
  await host.end("SIGINT");
  return { recorded, shown: engine.lines.map(({ text }) => text) };
}
