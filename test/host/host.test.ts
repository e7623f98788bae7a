import assert from "node:assert/strict";
import { join } from "node:path";
import { startEmulator } from "../../emulator";
import { startEngine } from "../support/engine";
import { HostFailure, startHost } from "../support/host";
import { storedProvider } from "../support/storedProvider";
import type { Emulator } from "../../emulator";
import type { FakeEngine } from "../support/engine";
import type { Host, Properties } from "../support/host";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const urn = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/apify:TaskRun::prices";
const token = "apify_api_TokenOfJaneDoe";
const root = join(__dirname, "../..");

async function failureOf(failing: Promise<unknown>): Promise<HostFailure> {
  const error = await failing.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof HostFailure, String(error));
  return error;
}

describe("the real dynamic host", () => {
  let emulator: Emulator;
  let engine: FakeEngine;
  let host: Host;
  let args: Properties;

  before(async () => {
    args = {
      actorTaskId: "janedoe~scrape",
      __provider: await storedProvider(),
      __urn: urn,
    };
  });

  beforeEach(async () => {
    emulator = await startEmulator({
      declaration: {
        users: [{ username: "janedoe", token }],
        actors: [
          {
            username: "janedoe",
            name: "obedient",
            run: ({ input }) => Promise.resolve({ exitCode: Number(input.exitCode ?? 0) }),
          },
          { username: "janedoe", name: "by-hand", manual: true },
        ],
        tasks: [
          { username: "janedoe", name: "scrape", actor: "janedoe~obedient" },
          { username: "janedoe", name: "by-hand", actor: "janedoe~by-hand" },
        ],
      },
    });
    engine = await startEngine();
    host = await startHost({ engine: engine.address, cwd: root });
  });

  afterEach(async () => {
    await host.end("SIGKILL");
    engine.close();
    await emulator.close();
  });

  function configure(): Promise<void> {
    return host.configure({
      "apify:token": token,
      "apify:baseUrl": emulator.url,
      version: "3.245.0",
    });
  }

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

  async function assertQuiet(): Promise<void> {
    await host.end("SIGINT");
    assert.doesNotMatch(host.stderr(), /^\s+at /m);
    assert.ok(!host.stderr().includes(token));
  }

  it("leads a resource through its life, in the order of the engine", async () => {
    await configure();
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

    await host.delete(id, read.properties);
    assert.deepEqual(emulator.runs(), []);
    await host.end("SIGINT");
    assert.equal(host.stderr(), "");
  });

  it("shows in the row of the resource which run was started", async () => {
    await configure();
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
    await configure();
    const checks = Array.from({ length: 20 }, (_, index) =>
      host.check({}, { ...args, input: { index }, maxItems: -1 }),
    );
    for (const { failures } of await Promise.all(checks)) {
      assert.deepEqual(failures, [{ property: "", reason: "maxItems must be 0 or more" }]);
    }
  });

  it("gives every one of twenty parallel first creates the configuration", async () => {
    await configure();
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
    await host.configure({ "other:token": token });
    const { failures } = await host.check({}, { ...args, memory: 5 });
    const [misspelt, missing, ...others] = failures.map(({ reason }) => reason);
    assert.deepEqual(others, []);
    assert.match(misspelt ?? "", /^memory is not a known property/);
    assert.match(missing ?? "", /^There is no Apify API token\..*apify:token/);
  });

  it("takes what is not known yet, and replaces for it", async () => {
    await configure();
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
    await configure();
    const allow = refuse("GET");
    const news = { ...args, actorTaskId: "janedoe~by-hand", onDelete: "keep" };
    const failure = await failureOf(host.create(news));
    allow();
    const [run] = emulator.liveRuns();
    assert.ok(run !== undefined && failure.partial !== undefined);
    assert.match(failure.message, new RegExp(`^Run ${run.id} goes on, but waiting for it ended: `));
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

  it("records nothing of a run that failed in create", async () => {
    await configure();
    const failure = await failureOf(host.create({ ...args, input: { exitCode: 3 } }));
    assert.match(failure.message, /^Run \w+ ended as FAILED/);
    assert.equal(failure.partial, undefined);
  });

  it("records a run that failed in update", async () => {
    await configure();
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
    await configure();
    const { id, properties } = await host.create(args);
    refuse("GET");
    for (const operation of ["read", "delete"] as const) {
      const failure = await failureOf(host[operation](id, properties));
      assert.match(failure.message, /^Apify answered 403 forbidden to GET/);
      assert.ok(!failure.message.includes(token));
    }
    await assertQuiet();
    assert.equal(host.stderr().trim().split("\n").length, 2);
  });

  it("prints no stack when a run to be read is not there", async () => {
    await configure();
    const failure = await failureOf(host.read("nothing", { __provider: args.__provider }));
    assert.match(failure.message, /^Run nothing was not found on Apify/);
    await assertQuiet();
  });

  it("reads a run by its id alone", async () => {
    await configure();
    const { id, properties } = await host.create(args);
    const read = await host.read(id, { __provider: args.__provider, __urn: urn });
    assert.equal(read.properties.runJson, properties.runJson);
    assert.equal(read.properties.__provider, args.__provider);
  });

  it("ends at once on SIGINT after its work is done", async () => {
    await configure();
    await host.create(args);
    assert.deepEqual(await host.end("SIGINT"), { code: null, signal: "SIGINT" });
  });
});
