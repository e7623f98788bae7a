import assert from "node:assert/strict";
import { expectDestroyed, expectSettled, succeeds } from "./support/acceptance";
import { startShop, type Shop } from "./support/shop";
import { diagnosticsOf } from "./support/terminal";
import type { PreviewStep, Project } from "./support/project";

/** What a preview shows of the TaskRuns: the operation, and why it is a replacement. */
function shown(steps: readonly PreviewStep[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    steps
      .filter(({ urn }) => urn.includes("TaskRun::"))
      .map(({ op, urn, replaceReasons }) => {
        const name = urn.split("::").at(-1) ?? "";
        return [name, replaceReasons === undefined ? op : [op, ...replaceReasons]];
      }),
  );
}

/** A takes `items`, B what A found, C what B found: at the top, deep within, and in a list. */
function program(items: readonly string[]): string {
  return `
    const a = new apify.TaskRun("a", {
      actorTaskId: "janedoe~scrape",
      input: { mark: "a", items: ${JSON.stringify(items)}.map((title) => ({ title })) },
    });
    const b = new apify.TaskRun("b", {
      actorTaskId: "janedoe~scrape",
      input: { mark: "b", source: { datasets: [{ id: a.defaultDatasetId }] } },
    });
    const c = new apify.TaskRun("c", {
      actorTaskId: "janedoe~scrape",
      input: { mark: "c", sources: [a.defaultDatasetId, b.defaultDatasetId] },
    });
    exports.a = a.defaultDatasetId;
    exports.b = b.defaultDatasetId;`;
}

describe("TaskRuns that take the data of another one", function () {
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

  /** The effective inputs of the runs from the `from`th on, in the order of their starts. */
  const inputsFrom = (from: number): readonly unknown[] =>
    shop.emulator
      .runs()
      .slice(from)
      .map(({ defaultKeyValueStoreId: id }) => shop.emulator.record(id, "INPUT"));

  it("are shown as created by the preview of a new stack, with what is unknown deep in their input", async () => {
    project.program(program(["first"]));
    assert.deepEqual(shown(await project.preview()), { a: "create", b: "create", c: "create" });
    assert.deepEqual(shop.emulator.writes(), []);
  });

  it("run one after the other, each with the ids of the data before it", async () => {
    const unfinished: number[] = [];
    const stop = shop.emulator.use(({ method }) => {
      if (method === "POST") unfinished.push(shop.emulator.liveRuns().length);
      return "pass";
    });
    await succeeds(project.up());
    stop();
    const { a, b } = await project.outputs();
    assert.deepEqual(inputsFrom(0), [
      { mark: "a", items: [{ title: "first" }] },
      { mark: "b", source: { datasets: [{ id: a }] } },
      { mark: "c", sources: [a, b] },
    ]);
    assert.deepEqual(unfinished, [0, 0, 0]);
    assert.deepEqual(shop.emulator.dataset(String(a)), [{ title: "first" }]);
    await expectSettled(shop.emulator, project);
  });

  it("are all shown as rerun, because of their input, when the first one is", async () => {
    project.program(program(["second"]));
    assert.deepEqual(shown(await project.preview()), {
      a: ["replace", "input"],
      b: ["replace", "input"],
      c: ["replace", "input"],
    });
  });

  it("run again in order with the ids of the new data", async () => {
    const before = await project.outputs();
    await succeeds(project.up());
    const { a, b } = await project.outputs();
    assert.notEqual(a, before.a);
    assert.notEqual(b, before.b);
    assert.deepEqual(inputsFrom(3), [
      { mark: "a", items: [{ title: "second" }] },
      { mark: "b", source: { datasets: [{ id: a }] } },
      { mark: "c", sources: [a, b] },
    ]);
    assert.equal((await project.taskRuns()).length, 3);
    await expectSettled(shop.emulator, project);
  });

  it("rerun from the changed one on, and not before it", async () => {
    project.program(program(["second"]).replace('mark: "b"', 'mark: "b", more: true'));
    assert.deepEqual(shown(await project.preview()), {
      b: ["replace", "input"],
      c: ["replace", "input"],
    });
    await succeeds(project.up());
    const { a, b } = await project.outputs();
    assert.deepEqual(inputsFrom(6), [
      { mark: "b", more: true, source: { datasets: [{ id: a }] } },
      { mark: "c", sources: [a, b] },
    ]);
    await expectDestroyed(shop.emulator, project);
  });
});

describe("arguments that are not known yet", function () {
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

  const program = (round: number): string => `
    const first = new apify.TaskRun("first", {
      actorTaskId: "janedoe~scrape",
      input: { mark: "first" },
      triggers: [${round}],
    });
    const known = (value) => first.runId.apply(() => value);
    const run = (name, args) =>
      new apify.TaskRun(name, { actorTaskId: "janedoe~scrape", input: { mark: name }, ...args });
    run("actorTaskId", { actorTaskId: known("janedoe/scrape-more") });
    run("input", { input: known({ mark: "input" }) });
    run("build", { build: known("beta") });
    run("maxItems", { maxItems: known(5) });
    run("maxTotalChargeUsd", { maxTotalChargeUsd: known(1) });
    run("triggers", { triggers: [known("a")] });
    run("timeoutSecs", { timeoutSecs: known(60) });
    run("memoryMbytes", { memoryMbytes: known(256) });
    run("restartOnError", { restartOnError: known(false) });
    run("waitSecs", { waitSecs: known(100) });
    run("onDelete", { onDelete: known("abort") });
    run("webhooks", { webhooks: known([{ eventTypes: ["ACTOR.RUN.FAILED"], requestUrl: "https://example.com" }]) });
    run("oneWebhook", { webhooks: [{ eventTypes: [known("ACTOR.RUN.FAILED")], requestUrl: known("https://example.com") }] });`;

  const intent = ["actorTaskId", "build", "input", "maxItems", "maxTotalChargeUsd", "triggers"];
  const others = ["memoryMbytes", "oneWebhook", "restartOnError", "timeoutSecs", "webhooks"];
  const stored = ["onDelete", "waitSecs"];
  const all = ["first", ...intent, ...others, ...stored];

  it("are no problem in the preview of a new stack", async () => {
    project.program(program(1));
    assert.deepEqual(
      shown(await project.preview()),
      Object.fromEntries(all.map((name) => [name, "create"])),
    );
  });

  it("are known when `up` needs them", async () => {
    await succeeds(project.up());
    assert.equal(shop.emulator.runs().length, all.length);
    assert.equal((await project.taskRuns()).length, all.length);
    await expectSettled(shop.emulator, project);
  });

  it("are shown as a rerun when they decide on one, and otherwise as nothing that takes effect", async () => {
    project.program(program(2));
    const steps = shown(await project.preview());
    for (const name of intent) assert.deepEqual(steps[name], ["replace", name]);
    for (const name of [...others, "waitSecs"]) assert.equal(steps[name], undefined, name);
    const { output } = await project.run(["preview"]);
    for (const name of others) assert.deepEqual(diagnosticsOf(output, name), []);
  });

  it("rerun nothing but what changed once `up` knows that they are the same", async () => {
    await succeeds(project.up());
    assert.equal(shop.emulator.runs().length, all.length + 1);
    await expectDestroyed(shop.emulator, project);
  });
});
