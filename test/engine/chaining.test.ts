import assert from "node:assert/strict";
import { expectDestroyed, expectSettled, succeeds } from "./support/acceptance";
import { describeEngine } from "./support/describeEngine";
import type { PreviewStep } from "./support/project";

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

describeEngine("TaskRuns that take the data of another one", { sandboxPer: "suite" }, (sandbox) => {
  /** The effective inputs of the runs from the `from`th on, in the order of their starts. */
  const inputsFrom = (from: number): readonly unknown[] =>
    sandbox.emulator
      .runs()
      .slice(from)
      .map(({ defaultKeyValueStoreId: id }) => sandbox.emulator.record(id, "INPUT"));

  it("are shown as created by the preview of a new stack, with what is unknown deep in their input", async () => {
    const { emulator, project } = sandbox;
    project.program(program(["first"]));
    assert.deepEqual(shown((await project.preview()).steps), {
      a: "create",
      b: "create",
      c: "create",
    });
    assert.deepEqual(emulator.writes(), []);
  });

  it("run one after the other, each with the ids of the data before it", async () => {
    const { emulator, project } = sandbox;
    const unfinished: number[] = [];
    const stop = emulator.use(({ method }) => {
      if (method === "POST") unfinished.push(emulator.liveRuns().length);
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
    assert.deepEqual(emulator.dataset(String(a)), [{ title: "first" }]);
  });

  it("are all shown as rerun, because of their input, when the first one is", async () => {
    const { project } = sandbox;
    project.program(program(["second"]));
    assert.deepEqual(shown((await project.preview()).steps), {
      a: ["replace", "input"],
      b: ["replace", "input"],
      c: ["replace", "input"],
    });
  });

  it("run again in order with the ids of the new data", async () => {
    const { emulator, project } = sandbox;
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
    await expectSettled(emulator, project);
  });

  it("rerun from the changed one on, and not before it", async () => {
    const { emulator, project } = sandbox;
    project.program(program(["second"]).replace('mark: "b"', 'mark: "b", more: true'));
    assert.deepEqual(shown((await project.preview()).steps), {
      b: ["replace", "input"],
      c: ["replace", "input"],
    });
    await succeeds(project.up());
    const { a, b } = await project.outputs();
    assert.deepEqual(inputsFrom(6), [
      { mark: "b", more: true, source: { datasets: [{ id: a }] } },
      { mark: "c", sources: [a, b] },
    ]);
    await expectDestroyed(emulator, project);
  });
});

describeEngine("arguments that are not known yet", { sandboxPer: "suite" }, (sandbox) => {
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
    const { project } = sandbox;
    project.program(program(1));
    assert.deepEqual(
      shown((await project.preview()).steps),
      Object.fromEntries(all.map((name) => [name, "create"])),
    );
  });

  it("are known when `up` needs them", async () => {
    const { emulator, project } = sandbox;
    await succeeds(project.up());
    assert.equal(emulator.runs().length, all.length);
    assert.equal((await project.taskRuns()).length, all.length);
    await expectSettled(emulator, project);
  });

  it("are shown as a rerun when they decide on one, and otherwise as nothing that takes effect", async () => {
    const { project } = sandbox;
    project.program(program(2));
    const preview = await project.preview();
    const steps = shown(preview.steps);
    for (const name of intent) assert.deepEqual(steps[name], ["replace", name]);
    for (const name of [...others, "waitSecs"]) assert.equal(steps[name], undefined, name);
    for (const name of others) assert.equal(preview.messages.get(name), undefined);
  });

  it("rerun nothing but what changed once `up` knows that they are the same", async () => {
    const { emulator, project } = sandbox;
    await succeeds(project.up());
    assert.equal(emulator.runs().length, all.length + 1);
    await expectDestroyed(emulator, project);
  });
});
