import assert from "node:assert/strict";
import { isTerminal, type JsonObject, type Run } from "../../emulator";
import { expectDestroyed, expectSettled, succeeds } from "./support/acceptance";
import { describeEngine } from "./support/describeEngine";
import { diagnosticsOf } from "./support/terminal";

interface Change {
  readonly before: JsonObject;
  readonly after: JsonObject;
}

const webhook = (requestUrl: string): JsonObject => ({
  eventTypes: ["ACTOR.RUN.SUCCEEDED", "ACTOR.RUN.FAILED"],
  requestUrl,
  payloadTemplate: '{"run": {{resource.id}}, "note": "größer > kleiner?"}',
});

const everyOption = {
  build: "beta",
  timeoutSecs: 60,
  maxItems: 5,
  maxTotalChargeUsd: 1.5,
  restartOnError: true,
};

/** A TaskRun for each change, by its name. All run the task `~scrape` if nothing else is said. */
const changes: Readonly<Record<string, Change>> = {
  actorTaskId: {
    before: { actorTaskId: "janedoe~scrape" },
    after: { actorTaskId: "janedoe~scrape-more" },
  },
  input: {
    before: { input: { mark: "input", pages: { limit: 1 } } },
    after: { input: { mark: "input", pages: { limit: 2 } } },
  },
  build: { before: { build: "latest" }, after: { build: "beta" } },
  maxItems: { before: { maxItems: 10 }, after: { maxItems: 20 } },
  maxTotalChargeUsd: {
    before: { maxTotalChargeUsd: 1 },
    after: { maxTotalChargeUsd: 2.5 },
  },
  triggers: {
    before: { triggers: ["monday", { week: 1 }] },
    after: { triggers: ["monday", { week: 2 }] },
  },
  timeoutSecs: {
    before: { timeoutSecs: 60 },
    after: { timeoutSecs: 120 },
  },
  memoryMbytes: {
    before: { memoryMbytes: 256 },
    after: { memoryMbytes: 512 },
  },
  restartOnError: {
    before: { restartOnError: false },
    after: { restartOnError: true },
  },
  webhooks: {
    before: { webhooks: [webhook("https://example.com/before")] },
    after: { webhooks: [webhook("https://example.com/after"), webhook("https://example.com/2")] },
  },
  waitSecs: { before: { waitSecs: 100 }, after: { waitSecs: 200 } },
  onDelete: { before: { onDelete: "abort" }, after: { onDelete: "keep" } },
  buildLeftOut: { before: { build: "beta" }, after: {} },
  memoryLeftOut: {
    before: { memoryMbytes: 256 },
    after: {},
  },
  slash: {
    before: { actorTaskId: "janedoe/scrape" },
    after: { actorTaskId: "janedoe~scrape" },
  },
  everyOption: {
    before: { ...everyOption, memoryMbytes: 256 },
    after: { ...everyOption, memoryMbytes: 512 },
  },
};

const names = Object.keys(changes);

/** The program in which each TaskRun has its arguments of before or after the change. */
function program(side: "before" | "after", more: JsonObject = {}): string {
  return names
    .map((name) => {
      const args = {
        actorTaskId: "janedoe~scrape",
        input: { mark: name },
        ...changes[name]?.[side],
        ...more,
      };
      return `
        const ${name} = new apify.TaskRun("${name}", ${JSON.stringify(args)});
        exports.${name} = { options: ${name}.options, buildNumber: ${name}.buildNumber };`;
    })
    .join("");
}

/** One start as it reached Apify. */
interface Start {
  readonly pathname: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** What is known after an `up`. */
interface Deployed {
  readonly output: string;
  /** The outputs of the stack: what each run really runs with. */
  readonly effective: Readonly<Record<string, unknown>>;
  readonly starts: ReadonlyMap<string, readonly Start[]>;
}

describeEngine("what Apify is sent", { sandboxPer: "suite" }, (sandbox) => {
  let first: Deployed;
  let second: Deployed;
  let third: Deployed;

  async function deploy(body: string): Promise<Deployed> {
    const { emulator, project } = sandbox;
    project.program(body);
    emulator.clearRequests();
    const output = await succeeds(project.up());
    const starts = new Map<string, Start[]>(names.map((name) => [name, []]));
    for (const { pathname, path, body: sent } of emulator.writes()) {
      const query = Object.fromEntries(new URL(path, emulator.url).searchParams);
      starts.get((sent as { mark: string }).mark)?.push({ pathname, query, body: sent });
    }
    return { output, starts, effective: await project.outputs() };
  }

  const runsOf = (name: string): readonly Run[] =>
    sandbox.emulator.runs().filter(({ defaultKeyValueStoreId }) => {
      const input = sandbox.emulator.record(defaultKeyValueStoreId, "INPUT");
      return (input as { mark: string }).mark === name;
    });

  const startOf = (name: string, deployed: Deployed): Start => {
    const [start, ...others] = deployed.starts.get(name) ?? [];
    assert.ok(start, `${name} was not started`);
    assert.deepEqual(others, [], `${name} was started again`);
    return start;
  };

  before(async () => {
    first = await deploy(program("before"));
    second = await deploy(program("after"));
    third = await deploy(program("after", { triggers: ["all again"] }));
  });

  it("asks Apify for nothing that was not asked for", () => {
    assert.deepEqual(startOf("waitSecs", first), {
      pathname: "/v2/actor-tasks/janedoe~scrape/runs",
      query: {},
      body: { mark: "waitSecs" },
    });
  });

  it("says nothing about the next run where the change reruns at once", () => {
    assert.ok(!diagnosticsOf(third.output, "memoryMbytes").join().includes("next run"));
  });

  it("sends build, timeoutSecs, memoryMbytes, maxItems, maxTotalChargeUsd and restartOnError under Apify's names", () => {
    const query = (name: string, deployed: Deployed): unknown => startOf(name, deployed).query;
    assert.deepEqual(query("build", first), { build: "latest" });
    assert.deepEqual(query("build", second), { build: "beta" });
    assert.deepEqual(query("buildLeftOut", second), {});
    assert.deepEqual(query("maxItems", second), { maxItems: "20" });
    assert.deepEqual(query("maxTotalChargeUsd", second), { maxTotalChargeUsd: "2.5" });
    assert.deepEqual(query("timeoutSecs", first), { timeout: "60" });
    assert.deepEqual(query("timeoutSecs", third), { timeout: "120" });
    assert.deepEqual(query("memoryMbytes", first), { memory: "256" });
    assert.deepEqual(query("memoryMbytes", third), { memory: "512" });
    assert.deepEqual(query("memoryLeftOut", third), {});
    assert.equal(startOf("restartOnError", first).query.restartOnError, "false");
    assert.equal(startOf("restartOnError", third).query.restartOnError, "true");
  });

  it("sends webhooks as base64 of their JSON", () => {
    const { emulator } = sandbox;
    const decode = (text = ""): unknown => JSON.parse(Buffer.from(text, "base64").toString("utf8"));
    for (const [deployed, side] of [
      [first, "before"],
      [third, "after"],
    ] as const) {
      const { query } = startOf("webhooks", deployed);
      assert.deepEqual(decode(query.webhooks), changes.webhooks?.[side].webhooks);
    }
    const ids = runsOf("webhooks").map(({ id }) => emulator.webhooks(id));
    assert.deepEqual(ids, [changes.webhooks?.before.webhooks, changes.webhooks?.after.webhooks]);
  });

  it("sends the input as the body, and the task in the path", () => {
    assert.deepEqual(startOf("input", second).body, changes.input?.after.input);
    assert.equal(
      startOf("actorTaskId", second).pathname,
      "/v2/actor-tasks/janedoe~scrape-more/runs",
    );
    assert.equal(startOf("slash", first).pathname, "/v2/actor-tasks/janedoe~scrape/runs");
  });

  it("keeps what does not concern Apify from it", () => {
    for (const name of ["triggers", "waitSecs", "onDelete"]) {
      assert.deepEqual(startOf(name, third).query, {});
      assert.deepEqual(startOf(name, third).body, { mark: name });
    }
  });

  it("gives effective values that the output `options` tells, after a change of memoryMbytes too", () => {
    const { build, ...others } = everyOption;
    const everyEffective = {
      options: { build, ...others, memoryMbytes: 256, diskMbytes: 512 },
      buildNumber: "0.1.2",
    };
    assert.deepEqual(first.effective.everyOption, everyEffective);
    assert.deepEqual(second.effective.everyOption, everyEffective);
    assert.deepEqual(first.effective.waitSecs, {
      options: { build: "latest", timeoutSecs: 300, memoryMbytes: 1024, diskMbytes: 2048 },
      buildNumber: "0.1.1",
    });
  });

  it("leaves nothing to do and no live run when all is deployed", async () => {
    const { emulator, project } = sandbox;
    await expectSettled(emulator, project);
    await expectDestroyed(emulator, project);
    assert.ok(emulator.runs().every(({ status }) => isTerminal(status)));
  });
});
