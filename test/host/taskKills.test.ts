import assert from "node:assert/strict";
import { amount, noneOfAll, printFigures } from "../support/figures";
import { deploy } from "./support/deploy";
import { stopAt } from "./support/stop";
import { openWorld, token } from "./support/world";
import type { Recorded } from "./support/deploy";
import type { StopOptions } from "./support/stop";
import type { World } from "./support/world";
import type { Properties } from "../support/host";

/** How far the create has come when its process is killed. */
const points: readonly (readonly [string, "readTask" | "createTask", StopOptions["work"]])[] = [
  ["it reads a task", "readTask", "none"],
  ["its request gets nowhere", "createTask", "none"],
  ["its request is carried out later", "createTask", "late"],
  ["its request is not answered", "createTask", "done"],
];

const rounds = amount({ quick: 1, full: 4 });

/** The ids of the account's tasks, but for those that every world has. */
async function taskIds({ emulator }: World): Promise<readonly string[]> {
  const response = await fetch(`${emulator.url}/v2/actor-tasks`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  const { data } = (await response.json()) as { data: { items: { id: string; name: string }[] } };
  return data.items.flatMap(({ id, name }) => (["scrape", "by-hand"].includes(name) ? [] : [id]));
}

async function deployUndisturbed(
  world: World,
  wanted: Properties,
  old?: Recorded,
): Promise<Recorded> {
  const host = await world.configuredHost(await world.engine());
  const recorded = await deploy(host, wanted, old);
  const { changes } = await host.diff(recorded.id, recorded.properties, recorded.inputs);
  assert.equal(changes, "none");
  if (old !== undefined) await host.delete(old.id, old.properties);
  await host.end("SIGINT");
  return recorded;
}

describe("the create of a task whose host is killed", function () {
  this.timeout(40_000 * rounds);

  const counted = { hostKills: 0, ...noneOfAll };

  after(() => {
    printFigures("the real host, killed at the create of a task", counted);
  });

  for (const kind of ["first task", "replacement"] as const) {
    for (const [when, request, work = "none"] of points) {
      it(`is followed by one that has the one ${kind}: killed when ${when}`, async () => {
        for (let round = 0; round < rounds; round++) {
          const world = await openWorld();
          try {
            const wanted = (actor: string): Properties =>
              world.task("scraper", { actorId: `janedoe~${actor}`, input: { page: 1 } });
            const old =
              kind === "replacement"
                ? await deployUndisturbed(world, wanted("by-hand"))
                : undefined;
            const { reached, left } = stopAt(world.emulator, request, { work });
            const host = await world.configuredHost(await world.engine());
            const broken = assert.rejects(deploy(host, wanted("obedient"), old));
            await reached;
            await host.end("SIGKILL");
            await Promise.all([broken, left]);
            counted.hostKills += 1;

            const { id } = await deployUndisturbed(world, wanted("obedient"), old);
            const ids = await taskIds(world);
            counted.doubleCreates += ids.length - 1;
            assert.deepEqual(ids, [id]);
          } finally {
            await world.close();
          }
        }
      });
    }
  }
});
