import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { createApifyClient } from "../../provider/apify/client";
import { decide } from "../../provider/resources/taskRun/decide";
import { ownerOf, splitHidden } from "../../provider/engine/hiddenInputs";
import { isUnknown } from "../../provider/engine/unknownValues";
import { parseState } from "../../provider/resources/taskRun/storedState";
import { hasEnded } from "../../provider/run/status";
import { hasRunKey, runKey } from "../../provider/run/runKey";
import { describeFaults, openFaultyWorld } from "./support/describeFaults";
import { errorsOf, expectDestroyed, succeeds } from "./support/acceptance";
import type { Args } from "../../provider/resources/taskRun/argumentTable";
import type { CheckedArgs, TaskRunState } from "../../provider/resources/taskRun/state";
import type { Entry, Stack } from "./support/stack";
import type { World } from "./support/world";

/** What Pulumi stored of a resource. */
interface Stored {
  readonly inputs: Record<string, unknown>;
  readonly outputs: Record<string, unknown>;
}

/**
 * The states that versions have written: a file a version, never changed again once it is released.
 * `unreleased` has what there is since the last one.
 */
const folder = join(__dirname, "../fixtures/state");
const versions = readdirSync(folder).map((file) => ({
  version: file.replace(".json", ""),
  text: readFileSync(join(folder, file), "utf8"),
}));

/** What the program said: the arguments without what `check` has added. */
function argsOf(inputs: CheckedArgs): Args {
  const added = ["trackedBuild", "trackedTask"];
  return Object.fromEntries(
    Object.entries(inputs).filter(([name]) => !added.includes(name)),
  ) as Partial<Args> as Args;
}

function entryOf({ inputs, outputs }: Stored): Entry {
  return {
    inputs: splitHidden(inputs).visible as Args,
    outputs: stateOf(outputs),
    initFailed: false,
    toDelete: [],
  };
}

function stateOf(outputs: Stored["outputs"]): TaskRunState {
  const { id } = JSON.parse(String(outputs.runJson)) as { id: string };
  const { state, problems } = parseState(id, splitHidden(outputs).visible, isUnknown);
  assert.deepEqual(problems, []);
  return { ...state, links: outputs.links as TaskRunState["links"] };
}

/** Puts a stored resource into a stack, and its run into Apify unless that is gone. */
async function restored(
  world: World,
  name: string,
  text: string,
): Promise<{ stack: Stack; entry: Entry }> {
  const stored = entryOf((JSON.parse(text) as Record<string, Stored>)[name] ?? assert.fail());
  const { run, expired } = stored.outputs;
  const stack = world.stack();
  if (expired) {
    stack.restore(new Map([[name, stored]]));
    return { stack, entry: stored };
  }
  const client = createApifyClient({
    token: world.token,
    baseUrl: world.emulator.url,
    userAgent: run.meta?.userAgent ?? "",
    clock: world.time.providerClock(),
  });
  const start = { actorTaskId: "janedoe~quick", userAgentNote: "" };
  const started = await world.time.run(client.startTaskRun(start));
  assert.ok(started.outcome === "started");
  if (hasEnded(run.status)) await world.time.advance(10_000);
  const entry = { ...stored, outputs: { ...stored.outputs, run: { ...run, id: started.runId } } };
  stack.restore(new Map([[name, entry]]));
  world.recorded.add(started.runId);
  return { stack, entry };
}

describeFaults("a state that was written by", () => {
  for (const { version, text } of versions) {
    const resources = Object.entries(JSON.parse(text) as Record<string, Stored>);
    for (const [name, stored] of resources) {
      it(`${version} (${name}) asks for no other run`, () => {
        const { outputs, inputs } = entryOf(stored);
        const goesOn = !hasEnded(outputs.run.status) && inputs.waitSecs !== 0;
        const nowMillis = Date.parse(outputs.run.startedAt ?? "");
        const { action } = decide(outputs, inputs, { isUnknown: () => false, nowMillis });
        assert.equal(action, goesOn ? "update" : "nothing");
      });

      it(`${version} (${name}) has the run key of today, by which its run is found`, () => {
        const { visible, hidden } = splitHidden(stored.inputs);
        const key = runKey(ownerOf(hidden), visible as Args);
        assert.ok(hasRunKey(entryOf(stored).outputs.run.meta?.userAgent, key));
      });

      it(`${version} (${name}) is read, brought up and destroyed, and nothing is started`, async () => {
        const world = await openFaultyWorld();
        const { stack, entry } = await restored(world, name, text);
        const program = { [name]: argsOf(entry.inputs) };
        world.emulator.clearRequests();
        await succeeds(world, stack.refresh());
        assert.equal(stack.state.get(name)?.outputs.run.id, entry.outputs.run.id);
        await succeeds(world, stack.up(program));
        await succeeds(world, stack.up(program));
        assert.deepEqual(world.emulator.writes(), []);
        assert.equal(stack.state.get(name)?.outputs.expired, entry.outputs.expired);
        await expectDestroyed(world, stack);
      });

      it(`${version} (${name}) is replaced when its input changes, once`, async () => {
        const world = await openFaultyWorld();
        const { stack, entry } = await restored(world, name, text);
        world.emulator.clearRequests();
        const program = { [name]: { ...argsOf(entry.inputs), input: { page: 99 } } };
        assert.deepEqual(await errorsOf(world, stack.up(program)), []);
        assert.deepEqual(await errorsOf(world, stack.up(program)), []);
        const starts = world.emulator.writes().filter(({ pathname }) => pathname.endsWith("/runs"));
        assert.equal(starts.length, 1);
        await expectDestroyed(world, stack);
      });
    }
  }
});
