import assert from "node:assert/strict";
import {
  expectDestroyed,
  expectSettled,
  fails,
  recorded,
  recordedRun,
  startsOf,
  succeeds,
  writesOf,
} from "./support/acceptance";
import { deletionsOf } from "./support/deletions";
import { startShop, type Shop } from "./support/shop";
import type { Emulator, Interceptor } from "../../emulator";
import type { Project } from "./support/project";

/** A program with the TaskRun `prices`; another price makes another input. */
function scrape(args: object, price = 1): string {
  const all = { actorTaskId: "janedoe~scrape", input: { items: [{ price }] }, ...args };
  return `new apify.TaskRun("prices", ${JSON.stringify(all)});`;
}

describe("engine: when onDelete counts", function () {
  this.timeout(180_000);
  let shop: Shop;
  let emulator: Emulator;
  let project: Project;

  beforeEach(async () => {
    shop = await startShop();
    emulator = shop.emulator;
    project = await shop.project();
  });

  afterEach(() => shop.close());

  for (const how of ["--refresh", "--run-program", "--refresh --run-program"]) {
    it(`a destroy ${how} stops a run that is going`, async () => {
      project.program(
        'new apify.TaskRun("prices", { actorTaskId: "janedoe~by-hand", waitSecs: 0 });',
      );
      await succeeds(project.up());
      assert.equal(emulator.liveRuns().length, 1);
      await succeeds(project.destroy(...how.split(" ")));
      assert.deepEqual(emulator.liveRuns(), []);
    });
  }

  it("a destroy --refresh stops the run of a resource that was renamed with an alias", async () => {
    const program = (name: string, options: string): string =>
      `new apify.TaskRun("${name}", { actorTaskId: "janedoe~by-hand", waitSecs: 0 }, ${options});`;
    project.program(program("prices", "{}"));
    await succeeds(project.up());
    project.program(program("costs", '{ aliases: [{ name: "prices" }] }'));
    await succeeds(project.up());
    assert.equal(emulator.runs().length, 1);
    await succeeds(project.destroy("--refresh"));
    assert.deepEqual(emulator.liveRuns(), []);
  });

  it("an up --refresh stops the run of a resource that the program no longer declares", async () => {
    project.program(
      'new apify.TaskRun("prices", { actorTaskId: "janedoe~by-hand", waitSecs: 0 });',
    );
    await succeeds(project.up());
    project.program("");
    await succeeds(project.up("--refresh"));
    assert.deepEqual(emulator.liveRuns(), []);
  });

  it("a change of onDelete alone asks Apify for nothing, and counts at the destroy", async () => {
    project.program(scrape({ onDelete: "keep" }));
    await succeeds(project.up());
    const run = await recordedRun(project);

    project.program(scrape({ onDelete: "purge" }));
    emulator.clearRequests();
    const steps = await project.preview();
    assert.deepEqual(
      steps.map(({ op, urn }) => [op, urn.split("::").at(-1)]),
      [["update", "prices"]],
    );
    const output = await succeeds(project.up());
    assert.match(output, /TaskRun prices updated .*\[diff: ~onDelete\]/);
    assert.deepEqual(emulator.requests, []);
    const { id, inputs, outputs } = await recorded(project);
    assert.deepEqual([id, inputs.onDelete, outputs.onDelete], [run.id, "purge", "purge"]);
    assert.deepEqual(await recordedRun(project), run);
    await expectSettled(emulator, project);

    await expectDestroyed(emulator, project);
    assert.deepEqual([...writesOf(emulator)].sort(), [...deletionsOf(run, 204)].sort());
    assert.deepEqual(emulator.runs(), []);
  });

  it("leaving onDelete out again brings back the default", async () => {
    project.program(scrape({ onDelete: "purge" }));
    await succeeds(project.up());
    project.program(scrape({}));
    await succeeds(project.up());
    assert.equal((await recorded(project)).outputs.onDelete, undefined);
    emulator.clearRequests();
    await expectDestroyed(emulator, project);
    assert.deepEqual(writesOf(emulator), []);
    assert.equal(emulator.runs().length, 1);
  });

  it("a replacement purges the old run only after the new one has succeeded", async () => {
    project.program(scrape({ onDelete: "purge" }));
    await succeeds(project.up());
    const old = await recordedRun(project);

    // A new run that fails costs the old one nothing.
    project.program(scrape({ onDelete: "purge", input: { exitCode: 3 } }));
    await fails(project.up());
    assert.equal((await recordedRun(project)).id, old.id);
    assert.deepEqual(emulator.dataset(old.defaultDatasetId), [{ price: 1 }]);

    emulator.clearRequests();
    project.program(scrape({ onDelete: "purge", actorTaskId: "janedoe~by-hand" }));
    const up = project.start(["up", "--yes", "--skip-preview"]);
    const { id } = await emulator.whenRun(({ status }) => status === "RUNNING");
    await up.shows(`Run ${id} started`);
    assert.equal(emulator.run(old.id)?.status, "SUCCEEDED");
    assert.deepEqual(emulator.dataset(old.defaultDatasetId), [{ price: 1 }]);
    emulator.finish(id);
    await succeeds(up.ended);

    const [start, ...deletions] = writesOf(emulator);
    assert.equal(start, "POST /v2/actor-tasks/janedoe~by-hand/runs 201");
    assert.deepEqual([...deletions].sort(), [...deletionsOf(old, 204)].sort());
    assert.equal(emulator.run(old.id), undefined);
    assert.equal((await recordedRun(project)).id, id);
    await expectSettled(emulator, project);

    await expectDestroyed(emulator, project);
    assert.equal(emulator.run(id), undefined);
  });

  it("a purge that Apify refuses says what is left, and the next destroy does the rest", async () => {
    project.program(scrape({ onDelete: "purge" }));
    await succeeds(project.up());
    const run = await recordedRun(project);
    const refuse: Interceptor = ({ method, pathname }, { response }) => {
      if (method !== "DELETE" || !pathname.startsWith("/v2/datasets/")) return "pass";
      response.writeHead(403, { "Content-Type": "application/json" });
      response.end(JSON.stringify({ error: { type: "forbidden", message: "Not for this token" } }));
      return "handled";
    };
    const allow = emulator.use(refuse);
    const output = await fails(project.destroy());
    assert.ok(output.includes(`Not all data of run ${run.id} could be deleted`), output);
    const { defaultDatasetId } = run;
    const left = `datasets/${defaultDatasetId}: Apify answered 403 forbidden to DELETE /v2/datasets/${defaultDatasetId}: Not for this token`;
    assert.ok(output.includes(left), output);
    assert.ok(!output.includes(`key-value-stores/${run.defaultKeyValueStoreId}`), output);
    assert.equal((await recordedRun(project)).id, run.id);
    assert.deepEqual(emulator.dataset(defaultDatasetId), [{ price: 1 }]);
    allow();

    await expectDestroyed(emulator, project);
    assert.deepEqual(emulator.dataset(defaultDatasetId), []);
    assert.equal(startsOf(emulator).length, 1);
  });
});
