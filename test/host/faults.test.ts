import assert from "node:assert/strict";
import { amount, printFigures } from "../support/figures";
import { deploy } from "./support/deploy";
import { describeShells, processOf } from "./support/describeShells";
import { createDraw } from "./support/draw";
import { lostRuns } from "./support/runs";
import { quickTroubles, slowTroubles, type Trouble } from "./support/troubles";
import { openWorld, type World } from "./support/world";
import type { RecordedRequest, Run } from "../../emulator";

const draw = createDraw();
/** Each deployment has this many resources of one task, which start at the same time. */
const resourcesEach = 20;
const deployments = amount({ quick: 1, full: 15 });
const isFull = amount({ quick: 0, full: 1 }) === 1;

describeShells(
  (process) => `a deployment of the ${process} that faults meet (seed ${draw.seed})`,
  (shell) => {
    const counted = { faults: 0, doubleStarts: 0, lostRuns: 0 };
    let world: World;

    beforeEach(async () => {
      world = await openWorld(shell, { listedMeta: draw.oneOf(["full", "origin"]) });
    });

    afterEach(() => world.close());

    after(() => {
      printFigures(`the ${processOf[shell]}, with faults`, counted);
    });

    /** Deploys one resource for each trouble, all at once, and expects exactly one run of each. */
    async function expectOneRunEach(troubles: readonly Trouble[]): Promise<void> {
      const { emulator } = world;
      const injected = troubles.map(({ endpoint, fault }, index) =>
        emulator.faults.inject({ endpoint, fault, when: (request) => isFor(request, index) }),
      );
      const engine = await world.engine();
      const host = await world.configuredHost(engine);
      const recorded = await Promise.all(
        troubles.map((_, index) =>
          deploy(
            host,
            world.resource(`prices${index}`, {
              actorTaskId: "janedoe~scrape",
              input: { resource: index },
            }),
          ),
        ),
      );
      const lines = engine.lines.map(({ text }) => text);
      counted.faults += emulator.faults.injected;
      troubles.forEach((trouble, index) => {
        const runs = emulator.runs().filter((run) => resourceOf(run) === index);
        const ids = [recorded[index]?.id ?? ""];
        counted.doubleStarts += Math.max(runs.length - 1, 0);
        counted.lostRuns += lostRuns(runs, ids, lines).length;
        const found = runs.map(({ id }) => id);
        assert.deepEqual(found, ids, `after ${JSON.stringify(trouble)}`);
        assert.equal(injected[index]?.hits, 1, `no request met ${JSON.stringify(trouble)}`);
      });
    }

    /** Which resource a run was started for: its input says so. */
    function resourceOf(run: Run): unknown {
      const input = world.emulator.record(run.defaultKeyValueStoreId, "INPUT");
      return (input as { resource?: unknown } | undefined)?.resource;
    }

    /**
     * A look is for all runs of the task, so any one will do. A run may also be read in the look of another resource,
     * which starts nothing after an answer that it cannot read; only the wait is its own.
     */
    function isFor({ method, path, pathname, body }: RecordedRequest, index: number): boolean {
      if (method === "POST")
        return (body as { resource?: unknown } | undefined)?.resource === index;
      if (pathname.endsWith("/runs")) return true;
      if (!path.includes("?waitForFinish=")) return false;
      const run = world.emulator.run(pathname.split("/").at(-1) ?? "");
      return run !== undefined && resourceOf(run) === index;
    }

    let left = draw.shuffled(quickTroubles);
    for (let number = 1; number <= deployments; number++) {
      if (left.length < resourcesEach) left = [...left, ...draw.shuffled(quickTroubles)];
      const troubles = left.slice(0, resourcesEach);
      left = left.slice(resourcesEach);
      it(`has one run for each of ${resourcesEach} resources, deployment ${number}`, () =>
        expectOneRunEach(troubles));
    }

    if (isFull) {
      it("has one run for each resource when starts get nowhere, after a minute", () =>
        expectOneRunEach([...slowTroubles, ...slowTroubles]));
    }
  },
);
