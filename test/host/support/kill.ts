import assert from "node:assert/strict";
import { CallFailure } from "../../support/calls";
import { deploy, finishShownRun } from "./deploy";
import { approach, type Point } from "./points";
import { startStranger } from "./stranger";
import { openWorld, type Organization, type World } from "./world";
import type { EmulatorSettings, Run } from "../../../emulator";
import type { Recorded, Registration } from "../../support/host";
import type { Shell } from "../../support/shell";

/** A deployment that does not get to its end. */
export interface Kill {
  readonly shell: Shell;
  /** The shell of the deployment that follows. @default the same */
  readonly next?: Shell | undefined;
  readonly organization?: Organization | undefined;
  /** What ends it: a signal to the process, or the engine's call of a first ^C. */
  readonly by: "SIGKILL" | "Cancel";
  readonly point: Point;
  /** Whether there is a run in the state that the wanted one is to replace. */
  readonly kind: "first run" | "replacement";
  /** An `idempotencyKey` of the user's own, if there is one. */
  readonly idempotencyKey?: string | undefined;
  /** How many runs of others, with the same input, are under way. */
  readonly strangers: number;
  readonly listedMeta: EmulatorSettings["listedMeta"];
}

/** What there is after a kill and the deployment that followed. */
export interface Aftermath {
  /** The run that the killed process started. */
  readonly orphan: Run | undefined;
  /** The run that the killed deployment recorded. */
  readonly kept: string | undefined;
  /** The run that the next deployment recorded. */
  readonly recorded: Run;
  /** All runs that were started for this intent, oldest first. */
  readonly runs: readonly Run[];
  /** The lines that the next deployment showed. */
  readonly shown: readonly string[];
}

/** Kills the process of a deployment, and lets a new one do what the engine would do next. */
export async function killAndDeployAgain(kill: Kill): Promise<Aftermath> {
  const { shell, next = shell, organization, listedMeta } = kill;
  const world = await openWorld(shell, { organization, listedMeta });
  try {
    const { emulator } = world;
    for (let count = 0; count < kill.strangers; count++) {
      await startStranger(emulator, { generation: 2 });
    }
    const old =
      kill.kind === "replacement"
        ? (await deployUndisturbed(world, wanted(world, kill, 1))).recorded
        : undefined;
    const before = new Set(emulator.runs().map(({ id }) => id));
    const isNew = ({ id }: Run): boolean => !before.has(id);

    const kept = await killAt(world, kill, old);
    const [orphan, ...others] = emulator.runs().filter(isNew);
    assert.deepEqual(others, []);

    const nextWorld = world.servedBy(next);
    const wantedNext = wanted(nextWorld, kill, 2);
    const { recorded, shown } = await deployUndisturbed(nextWorld, wantedNext, kept ?? old);
    const runs = emulator.runs().filter(isNew);
    const run = runs.find(({ id }) => id === recorded.id);
    assert.ok(run, "the run of somebody else was taken over");
    return { orphan, kept: kept?.id, recorded: run, runs, shown };
  } finally {
    await world.close();
  }
}

function wanted(world: World, { idempotencyKey }: Kill, generation: number): Registration {
  return world.resource("prices", {
    actorTaskId: "janedoe~by-hand",
    input: { generation },
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
  });
}

/** The resource that the engine records of the deployment, although it failed. */
async function killAt(
  world: World,
  kill: Kill,
  old: Recorded | undefined,
): Promise<Recorded | undefined> {
  const { engine, reached, release, over } = await approach(world, kill.point);
  const host = await world.configuredHost(engine);
  const registration = wanted(world, kill, 2);
  const broken = deploy(host, registration, old).then(
    () => assert.fail("The deployment came to its end."),
    (error: unknown) => error,
  );
  await Promise.race([reached, broken]);
  if (kill.by === "Cancel") {
    await host.cancel();
    release();
    await broken;
    await host.end("SIGINT");
  } else {
    await host.end("SIGKILL");
  }
  const [error] = await Promise.all([broken, over]);
  assert.ok(error instanceof CallFailure, String(error));
  const { recorded } = error;
  return recorded === undefined ? undefined : { ...registration, ...recorded };
}

async function deployUndisturbed(
  world: World,
  registration: Registration,
  old?: Recorded,
): Promise<{ recorded: Recorded; shown: readonly string[] }> {
  const engine = await world.engine();
  const host = await world.configuredHost(engine);
  const deployed = deploy(host, registration, old);
  await Promise.race([finishShownRun(world.emulator, engine), deployed]);
  const recorded = await deployed;
  const { changes } = await host.diff(recorded, { ...registration, inputs: recorded.inputs });
  assert.equal(changes, "none");
  await host.end("SIGINT");
  return { recorded, shown: engine.lines.map(({ text }) => text) };
}
