import assert from "node:assert/strict";
import { amount } from "../../support/figures";
import { describeFaults } from "../support/describeFaults";
import { afterMillis, atRequest, endOf } from "../support/kill";
import { adoptedBy, expectTasksSettled, upSucceeds } from "../support/tasks/taskAcceptance";
import { begin, expectGoodEnd, taskCases } from "../support/tasks/taskCases";
import { faultAt, inScene } from "../support/tasks/taskScenes";
import type { Fault } from "../../../emulator";
import type { Killer, KillMoment } from "../support/kill";
import type { TaskCase } from "../support/tasks/taskCases";
import type { TaskProgram } from "../support/tasks/taskStack";

const isThorough = amount({ quick: 0, full: 1 }) === 1;
const moments: readonly KillMoment[] = isThorough
  ? ["before the work", "after the work"]
  : ["after the work"];

/** What else may be wrong with the first write of the command. */
const troubles: readonly (Fault | undefined)[] = isThorough
  ? [undefined, { kind: "reset", when: "afterWork" }, { kind: "cutBody", bytes: 0 }]
  : [undefined];

/** Kills the command of a case with these killers, one after the other, and expects that the next one is good. */
async function killAndRepeat(
  taskCase: TaskCase,
  killers: readonly Killer[],
  fault: Fault | undefined,
): Promise<"killed" | "ended"> {
  return inScene({}, async (scene) => {
    let first: "killed" | "ended" | undefined;
    const { world, watch, stack } = scene;
    const program = await taskCase.prepare(scene);
    if (fault !== undefined) faultAt(world, 2, fault);
    for (const killer of killers) {
      const ending = await endOf(world, begin(scene, taskCase, program), killer);
      await watch.afterCommand(stack, adoptedBy(program));
      first ??= ending;
    }
    await expectGoodEnd(scene, taskCase, program);
    return first ?? "ended";
  });
}

describeFaults("a process that is killed at", () => {
  for (const taskCase of taskCases) {
    it(`any request of ${taskCase.title}, one time or two, leaves one task in the end`, async () => {
      for (const fault of troubles) {
        for (const moment of moments) {
          for (let request = 1; ; request++) {
            const killer = atRequest(request, moment);
            if ((await killAndRepeat(taskCase, [killer], fault)) === "ended") break;
            if (isThorough) await killAndRepeat(taskCase, [killer, killer], fault);
          }
        }
      }
    });

    it(`any time between the requests of ${taskCase.title} leaves one task in the end`, async () => {
      // Each request is asked again after some time, so that there is time to be killed in.
      const fault: Fault = { kind: "stall", when: "afterWork" };
      for (let millis = 1; ; millis += amount({ quick: 20_000, full: 2_500 })) {
        if ((await killAndRepeat(taskCase, [afterMillis(millis)], fault)) === "ended") break;
      }
    });
  }
});

describeFaults("an engine that is killed before it has recorded", () => {
  it("a task with a name of its own finds it again", async () => {
    await inScene({}, async (scene) => {
      const program = { tasks: { scraper: { actorId: "janedoe~quick", input: { page: 1 } } } };
      await upSucceeds(scene, program);
      scene.stack.restore(new Map());
      await upSucceeds(scene, program);
      await expectTasksSettled(scene, program);
    });
  });

  it("the replacement of a task finds it again", async () => {
    for (const name of [undefined, "prices"]) {
      await inScene({}, async (scene) => {
        const program = (actor: string): TaskProgram => {
          const args = { actorId: `janedoe~${actor}`, onDelete: "keep" } as const;
          return { tasks: { scraper: name === undefined ? args : { ...args, name } } };
        };
        await upSucceeds(scene, program("quick"));
        const old = new Map(scene.stack.state);
        await upSucceeds(scene, program("other"));
        const [, replacement] = scene.stack.recorded;
        scene.stack.restore(old);
        await upSucceeds(scene, program("other"));
        const recorded = scene.stack.state.get("scraper")?.current?.outputs.facts.id;
        assert.equal(recorded, replacement);
        await expectTasksSettled(scene, program("other"));
      });
    }
  });
});
