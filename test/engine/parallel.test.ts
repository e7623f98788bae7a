import assert from "node:assert/strict";
import { expectDestroyed, expectSettled, recordedRuns, succeeds } from "./support/acceptance";
import { startShop, type Shop } from "./support/shop";
import type { Project } from "./support/project";

const count = 50;

/** As many TaskRuns of one task with one input. */
const program = `
  for (let number = 0; number < ${count}; number++) {
    new apify.TaskRun("run" + number, {
      actorTaskId: "janedoe~scrape",
      input: { items: [{ title: "the same" }] },
    });
  }`;

describe(`${count} TaskRuns of one task with one input`, function () {
  this.timeout(180_000);

  let shop: Shop;
  let project: Project;

  before(async function () {
    shop = await startShop();
    project = await shop.project();
  });

  after(async function () {
    await shop.close();
  });

  it(`are ${count} runs, and each is in the state under its own name`, async () => {
    project.program(program);
    await succeeds(project.up("--parallel", String(count)));
    const recorded = await recordedRuns(project);
    assert.equal(recorded.size, count);
    assert.deepEqual([...recorded.values()].sort(), runIds(shop));
  });

  it("stay as they are in a further `up` and in a refresh", async () => {
    await expectSettled(shop.emulator, project);
    assert.equal(shop.emulator.runs().length, count);
  });

  it("are gone after a destroy, which leaves their finished runs on Apify", async () => {
    shop.emulator.clearRequests();
    await expectDestroyed(shop.emulator, project);
    assert.deepEqual(shop.emulator.writes(), []);
    assert.equal(shop.emulator.runs().length, count);
  });
});

describe(`two projects that deploy ${count} TaskRuns each at the same time`, function () {
  this.timeout(180_000);

  let shop: Shop;

  before(async function () {
    shop = await startShop();
  });

  after(async function () {
    await shop.close();
  });

  it(`have ${2 * count} runs, each in one of the states, although all ask for the same`, async () => {
    const projects = await Promise.all([shop.project("shop"), shop.project("other-shop")]);
    for (const project of projects) project.program(program);
    await Promise.all(projects.map((project) => succeeds(project.up("--parallel", String(count)))));
    const recorded = await Promise.all(projects.map(recordedRuns));
    assert.deepEqual(
      recorded.map(({ size }) => size),
      [count, count],
    );
    assert.deepEqual(recorded.flatMap((runs) => [...runs.values()]).sort(), runIds(shop));
    for (const project of projects) await expectDestroyed(shop.emulator, project);
  });
});

describe(`${count} TaskRuns that nobody waits for`, function () {
  this.timeout(180_000);

  let shop: Shop;

  before(async function () {
    shop = await startShop();
  });

  after(async function () {
    await shop.close();
  });

  it("are all aborted by a destroy while they are still going", async () => {
    const project = await shop.project();
    project.program(`
      for (let number = 0; number < ${count}; number++) {
        new apify.TaskRun("run" + number, { actorTaskId: "janedoe~by-hand", waitSecs: 0 });
      }`);
    await succeeds(project.up("--parallel", String(count)));
    assert.equal(shop.emulator.liveRuns().length, count);
    await expectDestroyed(shop.emulator, project);
    assert.deepEqual(
      shop.emulator.runs().map(({ status }) => status),
      Array<string>(count).fill("ABORTED"),
    );
  });
});

/** The ids of all runs, in order; no two of them are the same. */
function runIds(shop: Shop): readonly string[] {
  return shop.emulator
    .runs()
    .map(({ id }) => id)
    .sort();
}
