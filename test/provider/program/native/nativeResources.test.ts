import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as apify from "../../../../provider/nativeIndex";
import * as dynamic from "../../../../provider";
import { outputNames } from "../../../../provider/resources/taskRun/runOutputs";
import { outputNames as classOutputs } from "../../../../provider/program/taskRunOutputs";
import type { MockResourceArgs } from "@pulumi/pulumi/runtime";

describe("the classes of the native plugin", () => {
  let registered: MockResourceArgs[];

  beforeEach(async () => {
    registered = [];
    await pulumi.runtime.setMocks({
      newResource: (resource) => {
        registered.push(resource);
        return {
          id: `${resource.name}-id`,
          state: { ...(resource.inputs as object), status: "SUCCEEDED" },
        };
      },
      call: () => ({}),
    });
  });

  function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
    return new Promise((resolve) => output.apply(resolve));
  }

  it("are exported with everything else that the dynamic ones are", () => {
    assert.deepEqual(Object.keys(apify).sort(), Object.keys(dynamic).sort());
  });

  it("register the plugin's types with the arguments, and without what the engine tells the plugin", async () => {
    const run = new apify.TaskRun("prices", { actorTaskId: "x", input: { at: new Date(0) } });
    const task = new apify.Task("scraper", { actorId: "y" });
    await Promise.all([valueOf(run.urn), valueOf(task.urn)]);
    assert.deepEqual(
      registered.map(({ type, inputs }) => {
        const given = inputs as Record<string, unknown>;
        return [
          type,
          Object.keys(given)
            .filter((name) => given[name] !== undefined)
            .sort(),
        ];
      }),
      [
        ["apify:index:Task", ["actorId"]],
        ["apify:index:TaskRun", ["actorTaskId", "input"]],
      ],
    );
    const ofRun = registered.find(({ name }) => name === "prices");
    assert.deepEqual((ofRun?.inputs as Record<string, unknown>).input, {
      at: "1970-01-01T00:00:00.000Z",
    });
  });

  it("have the outputs of the dynamic ones", async () => {
    const run = new apify.TaskRun("prices", { actorTaskId: "x" });
    assert.equal(await valueOf(run.status), "SUCCEEDED");
    assert.equal(await valueOf(run.runId), "prices-id");
    for (const name of classOutputs) assert.ok(name in run, name);
  });

  it("read the outputs that the plugin stores one by one", () => {
    assert.deepEqual(
      [...classOutputs].filter((name) => name !== "run").sort(),
      [...outputNames].sort(),
    );
  });

  it("say that the JSON of a run is enough, but not in a component of another language's program", async () => {
    async function inputsOf(name: string): Promise<Record<string, unknown>> {
      await valueOf(new apify.TaskRun(name, { actorTaskId: "x" }).urn);
      return registered.find((each) => each.name === name)?.inputs as Record<string, unknown>;
    }
    // Pulumi runs such a component in a process of its own, which has no stack.
    assert.equal("__runOutputs" in (await inputsOf("in a component")), false);
    await pulumi.runtime.runInPulumiStack(async () => {
      assert.equal((await inputsOf("in a program")).__runOutputs, "jsonOnly");
    });
  });

  it("take the plugin's provider from the options that a component passes on, and leave out others", async () => {
    class Provider extends pulumi.ProviderResource {
      constructor(pkg: string) {
        super(pkg, pkg, {});
      }
    }
    const [own, other] = [new Provider("apify"), new Provider("random")];
    const passedOn = [
      { provider: own },
      { providers: [other, own] },
      { provider: other, providers: { apify: own, random: other } },
    ];
    const args = { actorTaskId: "x" };
    const runs = passedOn.map((opts, index) => new apify.TaskRun(`own${index}`, args, opts));
    const without = new apify.TaskRun("without", args, { provider: other });
    await Promise.all([...runs, without].map(({ urn }) => valueOf(urn)));
    const used = Object.fromEntries(registered.map(({ name, provider }) => [name, provider ?? ""]));
    for (const index of passedOn.keys()) assert.match(used[`own${index}`] ?? "", /:apify::apify/);
    assert.equal(used.without, "");
  });

  it("refuse values that are not JSON", () => {
    assert.throws(
      () => new apify.TaskRun("prices", { actorTaskId: "x", input: { f: () => 1 } }),
      /TaskRun "prices"/,
    );
  });

  it("read what exists by its id", async () => {
    const run = apify.TaskRun.get("prices", "run1");
    const task = apify.Task.get("scraper", "task1");
    await Promise.all([valueOf(run.urn), valueOf(task.urn)]);
    assert.deepEqual(registered.map(({ id }) => id).sort(), ["run1", "task1"]);
  });
});
