import assert from "node:assert/strict";
import { faultAnswers } from "../../../emulator";
import { atRequest, endOf } from "../support/kill";
import { describeFaults } from "../support/describeFaults";
import {
  deployUntilGood,
  expectTasksSettled,
  looked,
  upSucceeds,
} from "../support/tasks/taskAcceptance";
import { isOfProvider } from "../support/tasks/console";
import { inScene } from "../support/tasks/taskScenes";
import type { Args } from "../../../provider/resources/task/argumentTable";
import type { Scene } from "../support/tasks/taskAcceptance";
import type { TaskProgram } from "../support/tasks/taskStack";

const named: Args = { actorId: "janedoe~quick", name: "prices", input: { page: 1 } };
const moved: Args = { ...named, actorId: "janedoe~other" };
const unnamed: Args = { actorId: "janedoe~quick", input: { page: 1 } };

const program = (scraper: Args): TaskProgram => ({ tasks: { scraper } });

/** Nothing tells a deployment what has become of this task. */
function hide({ world }: Scene, taskId: string): void {
  world.emulator.faults.inject({
    endpoint: "getTask",
    fault: faultAnswers.serverError("none"),
    times: 8,
    when: (request) => isOfProvider(request) && request.pathname.endsWith(`/${taskId}`),
  });
}

function idOf({ stack }: Scene, name = "scraper"): string {
  return stack.state.get(name)?.current?.outputs.facts.id ?? "";
}

/** A task of the stack is gone, and somebody has given its name to another one. */
async function replaceInConsole(scene: Scene, how: "deleted" | "renamed"): Promise<string> {
  const { console } = scene.watch;
  if (how === "deleted") await console.delete(idOf(scene));
  else await console.edit(idOf(scene), { name: "renamed-by-hand" });
  const { id } = await console.create("prices");
  await scene.watch.afterConsole();
  return id;
}

describeFaults("a task of somebody else with the name of a task that", () => {
  const isHidden = [false, true];

  for (const how of ["deleted", "renamed"] as const) {
    it(`was ${how} is neither changed nor used, whatever can be read`, async () => {
      for (const hidden of isHidden) {
        for (const next of [named, moved]) {
          await inScene({}, async (scene) => {
            await upSucceeds(scene, program(named));
            const somebodys = await replaceInConsole(scene, how);
            if (hidden) hide(scene, idOf(scene));
            const errors = await looked(scene, scene.stack.up(program(next)), program(next));
            if (next === moved) {
              assert.match(errors.join(), new RegExp(`task named "prices", ${somebodys}`));
            }
            scene.world.emulator.faults.clear();
            // The user gives way.
            const other = program({ ...next, name: "new-prices" });
            await deployUntilGood(scene, other, "is not needed");
            await expectTasksSettled(scene, other);
          });
        }
      }
    });
  }

  it("is to be created is neither changed nor used, and named with what to do", async () => {
    await inScene({}, async (scene) => {
      const { id } = await scene.watch.console.create("prices");
      await scene.watch.afterConsole();
      const [error = ""] = await looked(scene, scene.stack.up(program(named)), program(named));
      assert.ok(error.includes(`task named "prices", ${id}`), error);
      assert.ok(error.includes(`adoptTaskId: "${id}"`), error);
      const settled = await deployUntilGood(scene, program(named), "is followed");
      assert.equal(idOf(scene), id);
      await expectTasksSettled(scene, settled);
    });
  });
});

describeFaults("a deployment that is killed when it has created", () => {
  it("a task in the place of one that is gone finds it again", async () => {
    for (const args of [unnamed, named]) {
      for (let request = 1; ; request++) {
        const ending = await inScene({}, async (scene) => {
          await upSucceeds(scene, program(args));
          await scene.watch.console.delete(idOf(scene));
          await scene.watch.afterConsole();
          const killer = atRequest(request, "after the work");
          const how = await endOf(scene.world, scene.stack.up(program(args)), killer);
          await scene.watch.afterCommand(scene.stack, []);
          const advice = args === unnamed ? "is not needed" : "is followed";
          const settled = await deployUntilGood(scene, program(args), advice);
          await expectTasksSettled(scene, settled);
          return how;
        });
        if (ending === "ended") break;
      }
    }
  });

  it("a replacement of the same name finds it again, even if the replaced task cannot be read", async () => {
    for (const args of [unnamed, named]) {
      for (let request = 1; ; request++) {
        const ending = await inScene({}, async (scene) => {
          await upSucceeds(scene, program(args));
          const next = program({ ...args, actorId: "janedoe~other" });
          const killer = atRequest(request, "after the work");
          const how = await endOf(scene.world, scene.stack.up(next), killer);
          await scene.watch.afterCommand(scene.stack, []);
          hide(scene, idOf(scene));
          const settled = await deployUntilGood(scene, next, "is not needed");
          await expectTasksSettled(scene, settled);
          return how;
        });
        if (ending === "ended") break;
      }
    }
  });
});

describeFaults("a task that another resource has adopted from one that is removed", () => {
  it("is kept, although the first deployment failed before it deleted that one", async () => {
    await inScene({}, async (scene) => {
      await upSucceeds(scene, program(unnamed));
      const id = idOf(scene);
      const tasks = { crawler: { ...unnamed, adoptTaskId: id } };
      const broken = { tasks: { ...tasks, other: { ...unnamed, actorId: "janedoe~nothing" } } };
      const errors = await looked(scene, scene.stack.up(broken), broken);
      assert.match(errors.join(), /No task was created/);
      await upSucceeds(scene, { tasks });
      assert.equal(idOf(scene, "crawler"), id);
      await expectTasksSettled(scene, { tasks });
    });
  });
});
