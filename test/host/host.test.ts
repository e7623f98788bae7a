import assert from "node:assert/strict";
import { failureOf } from "./support/failure";
import { openWorld, token, urnOf } from "./support/world";
import type { ServerResponse } from "node:http";
import type { Emulator } from "../../emulator";
import type { FakeEngine } from "../support/engine";
import type { Host, Properties } from "../support/host";
import type { World } from "./support/world";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const urn = urnOf("prices");

describe("the real dynamic host", () => {
  let world: World;
  let emulator: Emulator;
  let engine: FakeEngine;
  let host: Host;
  let args: Properties;

  beforeEach(async () => {
    world = await openWorld();
    ({ emulator } = world);
    args = world.resource("prices", { actorTaskId: "janedoe~scrape" });
    engine = await world.engine();
    host = await world.configuredHost(engine);
  });

  afterEach(() => world.close());

  /** Lets every read of a run end in a refusal, which is not tried again. */
  function refuse(method: string): () => void {
    return emulator.use((request, { response }) => {
      if (request.method !== method || !request.pathname.startsWith("/v2/actor-runs/")) {
        return "pass";
      }
      response.writeHead(403, { "Content-Type": "application/json" });
      response.end(JSON.stringify({ error: { type: "forbidden", message: `Not you, ${token}.` } }));
      return "handled";
    });
  }

  /** Ends a process that may have printed so many lines. */
  async function assertQuiet(ending: Host, lines: number): Promise<void> {
    await ending.end("SIGINT");
    const printed = ending
      .stderr()
      .split("\n")
      .filter((line) => line !== "");
    assert.equal(printed.length, lines, ending.stderr());
    assert.doesNotMatch(ending.stderr(), /^\s+at /m);
    assert.ok(!ending.stderr().includes(token));
  }

  it("leads a resource through its life, in the order of the engine", async () => {
    const checked = await host.check({}, { ...args, actorTaskId: "janedoe/scrape" });
    assert.deepEqual(checked, { inputs: args, failures: [] });

    const created = await host.create(checked.inputs);
    assert.equal(created.properties.__provider, args.__provider);
    assert.equal(emulator.run(created.id)?.status, "SUCCEEDED");
    assert.deepEqual(await host.diff(created.id, created.properties, checked.inputs), {
      changes: "none",
      replaces: [],
    });

    const again = await host.check(checked.inputs, { ...args, onDelete: "purge" });
    const { id, properties } = created;
    assert.equal((await host.diff(id, properties, again.inputs)).changes, "some");
    const updated = await host.update(id, properties, again.inputs);
    assert.deepEqual(updated, { ...properties, onDelete: "purge" });

    const read = await host.read(id, updated);
    assert.equal(read.id, id);
    assert.deepEqual(Object.keys(read.properties).sort(), Object.keys(updated).sort());

    const destroying = await world.configuredHost(engine);
    await destroying.delete(id, read.properties);
    assert.deepEqual(emulator.runs(), []);
    await assertQuiet(destroying, 0);
    await assertQuiet(host, 0);
  });

  it("shows in the row of the resource which run was started", async () => {
    const { id } = await host.create(args);
    await engine.untilLines(2);
    const [starting, started] = engine.lines;
    assert.deepEqual(starting, { text: "starting task janedoe~scrape", urn, ephemeral: true });
    assert.match(started?.text ?? "", new RegExp(`^Run ${id} started: https://`));
    assert.deepEqual(
      { urn: started?.urn, ephemeral: started?.ephemeral },
      { urn, ephemeral: false },
    );
  });

  it("gives every one of twenty parallel first checks the configuration", async () => {
    const checks = Array.from({ length: 20 }, (_, index) =>
      host.check({}, { ...args, input: { index }, maxItems: -1 }),
    );
    for (const { failures } of await Promise.all(checks)) {
      assert.deepEqual(failures, [
        {
          property: "",
          reason:
            "`maxItems` must be 1 or more items; omit it to use the task's own limit, if it has one",
        },
      ]);
    }
  });

  it("gives every one of twenty parallel first creates the configuration", async () => {
    const creates = Array.from({ length: 20 }, (_, index) =>
      host.create({ ...args, input: { index } }),
    );
    const ids = (await Promise.all(creates)).map(({ id }) => id);
    assert.deepEqual(
      ids.sort(),
      emulator
        .runs()
        .map(({ id }) => id)
        .sort(),
    );
    assert.equal(new Set(ids).size, 20);
  });

  it("reports problems, and a missing token as one of them", async () => {
    const other = await world.host(engine);
    await other.configure({ "other:token": token });
    const { failures } = await other.check({}, { ...args, memory: 5 });
    const [misspelt, missing, ...others] = failures.map(({ reason }) => reason);
    assert.deepEqual(others, []);
    assert.match(misspelt ?? "", /^`memory` is not a known property/);
    assert.match(missing ?? "", /^No Apify API token is set\..*apify:token/);
  });

  it("takes what is not known yet, and replaces for it", async () => {
    const { id, properties } = await host.create(args);
    const news = { ...args, input: { urls: [{ url: unknown }] }, memoryMbytes: unknown };
    const checked = await host.check(args, news);
    assert.deepEqual(checked, { inputs: news, failures: [] });
    assert.deepEqual(await host.diff(id, properties, checked.inputs), {
      changes: "some",
      replaces: ["input"],
    });
  });

  it("keeps a run whose wait broke, ready to be waited for again", async () => {
    const allow = refuse("GET");
    const news = { ...args, actorTaskId: "janedoe~by-hand", onDelete: "keep" };
    const failure = await failureOf(host.create(news));
    allow();
    const [run] = emulator.liveRuns();
    assert.ok(run !== undefined && failure.partial !== undefined);
    assert.match(failure.message, new RegExp(`^Run ${run.id} is still running; stopped waiting: `));
    assert.equal(failure.partial.id, run.id);
    assert.deepEqual(failure.partial.reasons, [failure.message]);
    const { runJson, links, expired, ...rest } = failure.partial.properties;
    assert.deepEqual(rest, news);
    assert.equal(expired, false);
    assert.equal((JSON.parse(String(runJson)) as { id: string }).id, run.id);
    assert.ok(typeof links === "object");
    assert.ok(!failure.message.includes(token));

    emulator.finish(run.id);
    const updated = await host.update(run.id, failure.partial.properties, news);
    assert.equal((JSON.parse(String(updated.runJson)) as { status: string }).status, "SUCCEEDED");
    assert.equal(emulator.runs().length, 1);
  });

  for (const levels of [5_000, 50_000]) {
    it(`records the run when Apify's answers are nested ${levels} levels deep, the task's too`, async () => {
      const deep = `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;
      const send = (response: ServerResponse, data: object, field: string): void => {
        const text = JSON.stringify({ data: { ...data, [field]: "DEEP" } });
        response.writeHead(200, { "Content-Type": "application/json" });
        response.end(text.replace('"DEEP"', deep));
      };
      emulator.use(({ method, pathname }, { response }) => {
        const runId = /^\/v2\/actor-runs\/(\w+)$/.exec(pathname)?.[1];
        if (method !== "GET") return "pass";
        if (runId !== undefined) {
          send(response, emulator.run(runId) ?? {}, "more");
          return "handled";
        }
        if (!/^\/v2\/actor-tasks\/[^/]+$/.test(pathname)) return "pass";
        send(response, { id: "task1", userId: "user1", actId: "actor1", name: "scrape" }, "input");
        return "handled";
      });
      const news = { ...args, trackTask: true };
      const { inputs } = await host.check({}, news);
      const { id, properties } = await host.create(inputs);
      assert.equal(emulator.runs()[0]?.id, id);
      assert.ok(String(properties.runJson).length < 20_000);
      assert.equal((await host.diff(id, properties, inputs)).changes, "none");
    });
  }

  it("records the run when the description of it is huge", async () => {
    emulator.use(({ method, pathname }, { response }) => {
      const runId = /^\/v2\/actor-runs\/(\w+)$/.exec(pathname)?.[1];
      if (method !== "GET" || runId === undefined) return "pass";
      const data = { ...emulator.run(runId), statusMessage: "x".repeat(8_000_000) };
      response.writeHead(200, { "Content-Type": "application/json" });
      response.end(JSON.stringify({ data }));
      return "handled";
    });
    const { id, properties } = await host.create(args);
    assert.equal(emulator.runs()[0]?.id, id);
    assert.ok(String(properties.runJson).length < 20_000);
    assert.equal((await host.diff(id, properties, args)).changes, "none");
  });

  it("records nothing of a run that failed in create", async () => {
    const failure = await failureOf(host.create({ ...args, input: { exitCode: 3 } }));
    assert.match(failure.message, /^Run \w+ ended with status FAILED/);
    assert.equal(failure.partial, undefined);
  });

  it("records a run that failed in update", async () => {
    const news = { ...args, actorTaskId: "janedoe~by-hand" };
    const { id, properties } = await host.create({ ...news, waitSecs: 0 });
    emulator.finish(id, { status: "FAILED", exitCode: 3 });
    const failure = await failureOf(host.update(id, properties, news));
    const { runJson, ...others } = failure.partial?.properties ?? {};
    assert.equal((JSON.parse(String(runJson)) as { status: string }).status, "FAILED");
    assert.equal(others.__provider, args.__provider);
    const after = await host.diff(id, { ...others, runJson }, news);
    assert.deepEqual(after, { changes: "some", replaces: ["status"] });
  });

  it("prints no stack and no token when a read or a delete fails", async () => {
    const { id, properties } = await host.create(args);
    const next = await world.configuredHost(engine);
    refuse("GET");
    for (const operation of ["read", "delete"] as const) {
      const failure = await failureOf(next[operation](id, properties));
      assert.match(failure.message, /^Apify answered 403 forbidden to GET/);
      assert.ok(!failure.message.includes(token));
    }
    await assertQuiet(next, 2);
  });

  it("prints no stack when a run to be read is not there", async () => {
    const failure = await failureOf(host.read("nothing", { __provider: args.__provider }));
    assert.match(failure.message, /^Run nothing was not found on Apify/);
    await assertQuiet(host, 1);
  });

  it("reads a run by its id alone", async () => {
    const { id, properties } = await host.create(args);
    const read = await host.read(id, { __provider: args.__provider, __urn: urn });
    assert.equal(read.properties.runJson, properties.runJson);
    assert.equal(read.properties.__provider, args.__provider);
  });
});
