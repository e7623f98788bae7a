import assert from "node:assert/strict";
import { install, taskRunProvider } from "../../../provider/dynamic/dynamicProvider";
import {
  aDeployment,
  args,
  argsByHand,
  hidden,
  settings,
  startWorld,
  unknown,
} from "../support/dynamicHost";
import type { Emulator } from "../../../emulator";
import type { TestProvider, World } from "../support/dynamicHost";

describe("the dynamic provider", () => {
  let world: World;
  let emulator: Emulator;
  let provider: TestProvider;
  let lines: string[];

  beforeEach(async () => {
    world = await startWorld();
    ({ emulator, lines } = world);
    provider = world.deployment();
  });
  afterEach(() => world.close());

  it("checks the arguments and keeps the hidden ones", async () => {
    const result = await provider.check({}, { ...args, actorTaskId: "janedoe/scrape" });
    assert.deepEqual(result, { inputs: args, failures: [] });
  });

  it("reports every problem", async () => {
    const { failures } = await provider.check({}, { ...args, memory: 5, maxItems: -1 });
    assert.deepEqual(failures, [
      {
        property: "",
        reason:
          "`maxItems` must be 1 or more items; omit it to use the task's own limit, if it has one",
      },
      { property: "", reason: "`memory` is not a known property; did you mean `memoryMbytes`?" },
    ]);
  });

  it("reports a missing token in check, and only there: diff needs none", async () => {
    const without = taskRunProvider(settings({}), aDeployment());
    const { failures = [] } = await without.check({}, args);
    assert.equal(failures.length, 1);
    assert.match(failures[0]?.reason ?? "", /apify:token/);
    const { id, outs } = await provider.create(args);
    assert.deepEqual(await without.diff(id, outs, args), { changes: false });
    await assert.rejects(without.create(args), { name: "pulumi-apify", message: /apify:token/ });
  });

  it("creates a run and gives what is to be stored", async () => {
    const { id, outs } = await provider.create({ ...args, build: "latest" });
    const { runJson, links, ...others } = outs;
    assert.deepEqual(others, { ...args, build: "latest", expired: false });
    assert.equal((JSON.parse(runJson as string) as { id: string }).id, id);
    assert.equal((links as { datasetItems: string }).datasetItems.startsWith(emulator.url), true);
    assert.match(lines[0] ?? "", new RegExp(`^Run ${id} started: https://console.apify.com/`));
    assert.deepEqual([...world.rows], [args.__urn]);
    assert.match(emulator.run(id)?.meta.userAgent ?? "", /^pulumi-apify\/\d+\.\d+\.\d+/);
  });

  it("sees no change after a create, and no write follows", async () => {
    const { id, outs } = await provider.create(args);
    emulator.clearRequests();
    assert.deepEqual(await provider.diff(id, outs, args), { changes: false });
    assert.deepEqual(emulator.requests, []);
  });

  it("sees no change when only the hidden inputs changed", async () => {
    const { id, outs } = await provider.create(args);
    const renamed = { ...args, __urn: "another", __provider: "another" };
    assert.deepEqual(await provider.diff(id, outs, renamed), { changes: false });
  });

  it("replaces for another input and for one that is not known yet", async () => {
    const { id, outs } = await provider.create(args);
    const because = { changes: true, replaces: ["input"] };
    assert.deepEqual(await provider.diff(id, outs, { ...args, input: { a: 1 } }), because);
    assert.deepEqual(await provider.diff(id, outs, { ...args, input: { a: unknown } }), because);
  });

  it("updates for another onDelete, and stores it without a request", async () => {
    const { id, outs } = await provider.create(args);
    const news = { ...args, onDelete: "keep" };
    emulator.clearRequests();
    assert.deepEqual(await provider.diff(id, outs, news), { changes: true });
    const updated = await provider.update(id, outs, news);
    assert.deepEqual(updated.outs, { ...outs, onDelete: "keep" });
    assert.deepEqual(emulator.requests, []);
  });

  it("fails without an id when the run fails", async () => {
    await assert.rejects(provider.create({ ...args, input: { exitCode: 3 } }), (error: Error) => {
      assert.match(
        error.message,
        /^Run \w+ ended with status FAILED: Actor process exited with code 3\n/,
      );
      assert.equal("id" in error, false);
      return true;
    });
  });

  it("sees at refresh that a run was aborted, and replaces for its status, and says why", async () => {
    const { id, outs } = await provider.create(argsByHand);
    emulator.finish(id, { status: "ABORTED" });
    const read = await provider.read(id, outs);
    assert.equal(read.id, id);
    lines.length = 0;
    assert.deepEqual(await provider.diff(id, read.props, argsByHand), {
      changes: true,
      replaces: ["status"],
    });
    assert.match(lines[0] ?? "", new RegExp(`^Run ${id} ended with status ABORTED`));
  });

  it("reads a run that it knows nothing of but its id", async () => {
    const { id, outs } = await provider.create(args);
    const { props } = await provider.read(id, hidden);
    const { runJson, ...others } = props;
    assert.equal(runJson, outs.runJson);
    assert.equal(others.__provider, "text");
  });

  it("says in read and delete, and only there, that a refused token may be an old one", async () => {
    const { id, outs } = await provider.create(args);
    const old = taskRunProvider(
      settings({ "apify:token": "old-token", "apify:baseUrl": emulator.url }),
      aDeployment(),
    );
    for (const operation of ["read", "delete"] as const) {
      const error: unknown = await old[operation](id, outs).catch((thrown: unknown) => thrown);
      assert.match(
        (error as Error).message,
        /^Apify answered 401 .*\n.*apify:token.*\n.*--run-program/,
      );
    }
    const error: unknown = await old.create(args).catch((thrown: unknown) => thrown);
    assert.doesNotMatch((error as Error).message, /--run-program/);
  });

  it("bounds the wait by customTimeouts", async () => {
    const news = { ...args, actorTaskId: "janedoe~by-hand", __timeLimitSecs: { create: 0 } };
    const error: unknown = await provider.create(news).catch((thrown: unknown) => thrown);
    const { message, id } = error as Error & { id?: string };
    assert.match(message, /the limit of 0 s that `waitSecs` or `customTimeouts` sets is over/);
    assert.equal(id, emulator.liveRuns()[0]?.id);
  });

  it("records a run that outlives its wait, with all its properties", async () => {
    const news = { ...args, actorTaskId: "janedoe~by-hand", __timeLimitSecs: { create: 0 } };
    const error: unknown = await provider.create(news).catch((thrown: unknown) => thrown);
    const { id, message, reasons, properties } = error as Error & {
      id: string;
      reasons: readonly string[];
      properties: Record<string, unknown>;
    };
    const { runJson, links, ...others } = properties;
    assert.deepEqual(others, { ...news, expired: false });
    assert.equal((JSON.parse(runJson as string) as { id: string }).id, id);
    assert.ok(links);
    assert.deepEqual(reasons, [message]);
  });

  it("deletes as the stored state says", async () => {
    const { id, outs } = await provider.create(argsByHand);
    await world.deployment().delete(id, outs);
    assert.equal(emulator.run(id)?.status, "ABORTED");
  });

  it("gives a thunk its methods at once, from the stack's configuration", async () => {
    const config: Record<string, string> = {
      "apify:token": "jane-token",
      "apify:baseUrl": emulator.url,
    };
    const target = {} as TestProvider;
    const get = (key: string): string | undefined => config[key];
    install(target, { config: { get, require: (key) => get(key) ?? "" } });
    assert.deepEqual(Object.keys(target).sort(), [
      "check",
      "create",
      "delete",
      "diff",
      "read",
      "update",
    ]);
    assert.deepEqual((await target.check({}, args)).failures, []);
  });
});
