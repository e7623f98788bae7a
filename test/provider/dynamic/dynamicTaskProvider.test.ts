import assert from "node:assert/strict";
import { install, taskProvider } from "../../../provider/dynamic/dynamicTaskProvider";
import { aDeployment, settings, startWorld, unknown } from "../support/dynamicHost";
import type { Emulator } from "../../../emulator";
import type { TestProvider, World } from "../support/dynamicHost";

type Properties = Record<string, unknown>;

const __urn = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/apify:Task::prices";
const hidden = { __provider: "text", __urn };
const args: Properties = {
  actorId: "janedoe~obedient",
  name: "prices",
  title: "Prices",
  input: { a: 1 },
  options: { memoryMbytes: 512 },
  ...hidden,
};

describe("the dynamic provider of Tasks", () => {
  let world: World;
  let emulator: Emulator;
  let provider: TestProvider;
  let lines: string[];

  beforeEach(async () => {
    world = await startWorld();
    ({ emulator, lines } = world);
    provider = world.deploymentOfBoth().tasks;
  });
  afterEach(() => world.close());

  /** The inputs that check gives for these arguments, which must be good. */
  async function checked(olds: Properties, news: Properties, by = provider): Promise<Properties> {
    const result = await by.check(olds, news);
    assert.deepEqual(result.failures, []);
    return result.inputs as Properties;
  }

  /** A task as a deployment leaves it. */
  async function deployed(
    news = args,
  ): Promise<{ readonly id: string; readonly inputs: Properties; readonly outs: Properties }> {
    const inputs = await checked({}, news);
    const { id, outs } = await provider.create(inputs);
    emulator.clearRequests();
    lines.length = 0;
    provider = world.deploymentOfBoth().tasks;
    return { id, inputs, outs };
  }

  const writes = (): readonly string[] =>
    emulator.writes().map(({ method, pathname }) => `${method} ${pathname}`);

  it("checks the arguments, keeps the hidden ones, and foresees the Actor", async () => {
    const inputs = await checked({}, { ...args, actorId: "janedoe/obedient" });
    const { actId, ...others } = inputs;
    assert.deepEqual(others, args);
    assert.match(String(actId), /^\w+$/);
  });

  it("names a task after its resource where the program does not", async () => {
    const inputs = await checked({}, { actorId: "janedoe~obedient", ...hidden });
    assert.match(String(inputs.name), /^prices-[0-9a-f]{7}$/);
  });

  it("reports every problem", async () => {
    const { failures } = await provider.check({}, { ...args, titel: "T", onDelete: "purge" });
    assert.deepEqual(failures, [
      {
        property: "",
        reason:
          '`onDelete` must be "delete" (delete the task; its runs stay) or "keep" (leave it on Apify)',
      },
      { property: "", reason: "`titel` is not a known property; check its spelling" },
    ]);
  });

  it("reports no problem of an argument that has no value in an up, which create then does", async () => {
    const missing = { ...hidden, name: "prices", __unknownArguments: ["actorId"] };
    const { failures } = await provider.check({}, missing);
    assert.deepEqual(failures, []);
    await assert.rejects(provider.create(missing), {
      name: "pulumi-apify",
      message: /^The task was not touched: there is no value for `actorId`/,
    });
    assert.deepEqual(writes(), []);
  });

  it("reports a missing token in check, and only there: diff needs none", async () => {
    const { id, inputs, outs } = await deployed();
    const without = taskProvider(settings({}), aDeployment()) as TestProvider;
    const { failures = [] } = await without.check({}, args);
    assert.equal(failures.length, 1);
    assert.match(failures[0]?.reason ?? "", /apify:token/);
    assert.deepEqual(await without.diff(id, outs, inputs), { changes: false });
    await assert.rejects(without.create(args), { name: "pulumi-apify", message: /apify:token/ });
  });

  it("creates a task and gives what is to be stored", async () => {
    const inputs = await checked({}, args);
    const { id, outs } = await provider.create(inputs);
    const { username, userId, createdAt, modifiedAt, fingerprint, consoleUrl, ...others } = outs;
    assert.deepEqual(others, inputs);
    assert.equal(username, "janedoe");
    assert.equal(createdAt, modifiedAt);
    assert.match(String(fingerprint), /^[0-9a-f]{16}$/);
    assert.equal(consoleUrl, `https://console.apify.com/actors/tasks/${id}`);
    assert.ok(userId);
    assert.deepEqual(lines, []);
    assert.deepEqual([...world.rows], [__urn]);
    assert.deepEqual(writes(), ["POST /v2/actor-tasks"]);
  });

  it("sees no change after a create, and no write follows", async () => {
    const { id, inputs, outs } = await deployed();
    const next = world.deploymentOfBoth().tasks;
    const again = await checked(inputs, args, next);
    const { fingerprint, ...others } = again;
    assert.deepEqual(others, inputs);
    assert.equal(fingerprint, outs.fingerprint);
    assert.deepEqual(await next.diff(id, outs, again), { changes: false });
    const renamed = { ...again, __urn: "another", __provider: "another" };
    assert.deepEqual(await next.diff(id, outs, renamed), { changes: false });
    assert.deepEqual([writes(), lines], [[], []]);
  });

  it("changes the task in place, and stores what the preview has shown", async () => {
    const { id, inputs, outs } = await deployed();
    const news = await checked(inputs, { ...args, title: "Other", input: { a: 2 } });
    assert.deepEqual(await provider.diff(id, outs, news), { changes: true });
    const updated = await provider.update(id, outs, news);
    assert.equal(updated.outs.fingerprint, news.fingerprint);
    assert.notEqual(updated.outs.fingerprint, outs.fingerprint);
    assert.deepEqual(writes(), [`PUT /v2/actor-tasks/${id}`]);
    assert.deepEqual(await provider.diff(id, updated.outs, news), { changes: false });
  });

  it("updates for what is not known yet, and replaces for an Actor that is not", async () => {
    const { id, outs } = await deployed();
    const input = { a: [unknown] };
    assert.deepEqual(await provider.diff(id, outs, { ...args, input }), { changes: true });
    assert.deepEqual(await provider.diff(id, outs, { ...args, actorId: unknown }), {
      changes: true,
      replaces: ["actorId"],
    });
  });

  it("replaces a task that moves to another Actor, under the same name", async () => {
    const { id, inputs, outs } = await deployed();
    const moved = { ...args, actorId: "janedoe~by-hand" };
    const news = await checked(inputs, moved);
    const because = { changes: true, replaces: ["actorId"] };
    assert.deepEqual(await provider.diff(id, outs, news), because);
    // The engine checks a replacement as if it were new.
    const replacement = await provider.create(await checked({}, moved));
    assert.notEqual(replacement.id, id);
    assert.equal(replacement.outs.name, "prices");
    await provider.delete(id, outs);
    assert.deepEqual(writes(), [
      `PUT /v2/actor-tasks/${id}`,
      "POST /v2/actor-tasks",
      `DELETE /v2/actor-tasks/${id}`,
    ]);
  });

  it("creates a task again that is gone, with and without a refresh", async () => {
    const { id, inputs, outs } = await deployed();
    await provider.delete(id, outs);
    assert.deepEqual(await provider.read(id, outs), { id: "", props: {} });
    const news = await checked(inputs, args);
    const gone = { changes: true, replaces: ["id"] };
    assert.deepEqual(await provider.diff(id, outs, news), gone);
    const again = await provider.create(await checked({}, args));
    assert.equal(again.outs.name, "prices");
  });

  it("shows edits at a refresh, and puts the declared values back", async () => {
    const { id, inputs, outs } = await deployed();
    emulator.editTask(id, { title: "Edited", description: "by hand" });
    const { props } = await provider.read(id, outs);
    assert.deepEqual([props.title, "description" in props], ["Edited", false]);
    assert.equal(props.__provider, "text");
    assert.deepEqual(await provider.diff(id, props, inputs), { changes: true });
    const updated = await provider.update(id, props, inputs);
    assert.equal(updated.outs.title, "Prices");
    const { props: after } = await provider.read(id, updated.outs);
    assert.deepEqual(after, updated.outs);
  });

  it("reads a task that it knows nothing of but its id", async () => {
    const { id, outs } = await deployed();
    const { props } = await provider.read(id, hidden);
    assert.equal(props.actorId, outs.actId);
    assert.equal(props.title, "Prices");
    assert.deepEqual(props.input, { a: 1 });
    assert.equal(props.__provider, "text");
    await assert.rejects(provider.read("nothing", hidden), {
      name: "pulumi-apify",
      message: /^Task nothing was not found on Apify/,
    });
  });

  it("deletes as the stored state says, and never what another resource took over", async () => {
    const { id, outs } = await deployed();
    await provider.delete(id, { ...outs, onDelete: "keep" });
    assert.deepEqual(writes(), []);
    const adopted = await provider.create(
      await checked({}, { actorId: "janedoe~obedient", adoptTaskId: id, ...hidden }),
    );
    assert.equal(adopted.id, id);
    await provider.delete(id, outs);
    assert.deepEqual(writes(), []);
    const next = world.deploymentOfBoth().tasks;
    const another = { ...adopted.outs, __urn: `${__urn}-2` };
    assert.deepEqual(await next.diff(id, another, another), { changes: false });
    await next.delete(id, outs);
    assert.deepEqual(writes(), []);
    await world.deploymentOfBoth().tasks.delete(id, outs);
    assert.deepEqual(writes(), [`DELETE /v2/actor-tasks/${id}`]);
  });

  it("lets a TaskRun of the same deployment see the task as it now is", async () => {
    const { id } = await deployed();
    const adopting = { actorId: "janedoe~obedient", adoptTaskId: id, ...hidden };
    const before = await checked({}, { ...adopting, input: { a: 1 } });
    const { outs } = await provider.create(before);
    const { runs, tasks } = world.deploymentOfBoth();
    const inputs = await checked(before, { ...adopting, input: { a: 2 } }, tasks);
    const updated = await tasks.update(id, outs, inputs);
    const run = { actorTaskId: id, trackTask: true, ...hidden };
    const { trackedTask } = await checked({}, run, runs);
    assert.equal(trackedTask, updated.outs.fingerprint);
    assert.notEqual(trackedTask, outs.fingerprint);
  });

  it("gives a thunk its methods at once, from the stack's configuration", async () => {
    const config: Record<string, string> = {
      "apify:token": "jane-token",
      "apify:baseUrl": emulator.url,
    };
    const target = {} as TestProvider;
    const get = (key: string): string | undefined => config[key];
    install(target, { config: { get, require: (key) => get(key) ?? "" } });
    const names = ["check", "create", "delete", "diff", "read", "update"];
    assert.deepEqual(Object.keys(target).sort(), names);
    assert.deepEqual((await target.check({}, args)).failures, []);
  });
});
