import assert from "node:assert/strict";
import { describeShells } from "./support/describeShells";
import { openWorld } from "./support/world";
import type { World } from "./support/world";

describeShells(
  (process) => `the ${process}, of a program that bypasses the class`,
  (shell) => {
    let world: World;

    beforeEach(async () => {
      world = await openWorld(shell);
    });

    afterEach(() => world.close());

    it("refuses arguments that are nested too deep, and takes others afterwards", async () => {
      const host = await world.configuredHost(await world.engine());
      const input = (levels: number): object =>
        levels === 0 ? {} : { pages: levels % 2 === 0 ? input(levels - 1) : [input(levels - 1)] };
      const check = async (levels: number): Promise<readonly string[]> => {
        const args = {
          actorTaskId: "janedoe~scrape",
          input: input(levels),
          triggers: [input(levels)],
        };
        const { failures } = await host.check({}, world.resource("prices", args));
        return failures.map(({ reason }) => reason);
      };
      for (const levels of [300, 500]) {
        const [first = "", second = "", ...others] = await check(levels);
        assert.match(first, /^`input` nests lists and objects more than 200 levels deep/);
        assert.match(second, /^`triggers` nests lists and objects more than 200 levels deep/);
        assert.deepEqual(others, []);
      }
      assert.deepEqual(await check(100), []);
      assert.deepEqual(world.emulator.writes(), []);
    });
  },
);
