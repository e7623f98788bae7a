import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { TaskRun } from "../../../provider/program/taskRun";
import { aRun } from "../../support/run";
import type { Run } from "../../../provider/apify/schemas/run";

interface Declared {
  readonly type: string;
  readonly name: string;
  readonly inputs: Record<string, unknown>;
  readonly id: string | undefined;
}

const links = { console: "console link", datasetConsole: "dataset link", datasetItems: "items" };

/** The run of Apify's own documentation, and a value for each field that it leaves out. */
const documented: Run = {
  storageIds: { datasets: { default: "dataset1" } },
  chargedEventCounts: { "apify-actor-start": 1 },
  pricingInfo: { pricingModel: "FREE" },
  ...(
    JSON.parse(readFileSync(join(__dirname, "../../fixtures/run-201.json"), "utf8")) as {
      data: Run;
    }
  ).data,
};

/** Stands in for the engine: every resource is one of this run. */
async function mockEngine(run: Run, organization?: string): Promise<readonly Declared[]> {
  const declared: Declared[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs, id }) => {
        declared.push({ type, name, inputs: inputs as Record<string, unknown>, id });
        return { id: run.id, state: { runJson: JSON.stringify(run), links, expired: false } };
      },
      call: () => ({}),
    },
    "shop",
    "dev",
    false,
    organization,
  );
  return declared;
}

function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply(resolve));
}

/** The inputs of the only resource, once it is declared. */
async function declaredInputs(
  resource: TaskRun,
  declared: readonly Declared[],
): Promise<Declared["inputs"]> {
  await valueOf(resource.urn);
  assert.equal(declared.length, 1);
  return declared[0]?.inputs ?? {};
}

/** Outputs under another name than the run's own. */
const renamed: Readonly<Record<string, keyof Run>> = { taskId: "actorTaskId" };

const described = [
  "taskId",
  "actId",
  "userId",
  "status",
  "statusMessage",
  "isStatusMessageTerminal",
  "startedAt",
  "finishedAt",
  "exitCode",
  "buildId",
  "buildNumber",
  "defaultDatasetId",
  "defaultKeyValueStoreId",
  "defaultRequestQueueId",
  "storageIds",
  "containerUrl",
  "gitBranchName",
  "generalAccess",
  "options",
  "meta",
  "stats",
  "usage",
  "usageUsd",
  "usageTotalUsd",
  "chargedEventCounts",
  "pricingInfo",
] as const satisfies readonly (keyof TaskRun)[];

describe("a TaskRun", () => {
  it("declares its arguments, its row and nothing else that is seen", async () => {
    const declared = await mockEngine(documented);
    const resource = new TaskRun("prices", {
      actorTaskId: "janedoe~scrape",
      input: { a: pulumi.output(1) },
      waitSecs: 5,
    });
    const urn = await valueOf(resource.urn);
    const [only, ...others] = declared;
    assert.deepEqual(others, []);
    assert.equal(only?.type, "pulumi-nodejs:dynamic/apify:TaskRun");
    assert.equal(only.name, "prices");
    const { __provider, ...inputs } = only.inputs;
    assert.equal(typeof __provider, "string");
    assert.deepEqual(inputs, {
      actorTaskId: "janedoe~scrape",
      input: { a: 1 },
      waitSecs: 5,
      __urn: urn,
    });
  });

  it("hands on the arguments that are for the start alone", async () => {
    const declared = await mockEngine(documented);
    const more = { idempotencyKey: "commit 1", adoptRunId: "run1", startWaitSecs: 5 };
    const resource = new TaskRun("prices", { actorTaskId: "x", ...more });
    const inputs = Object.entries(await declaredInputs(resource, declared));
    const visible = inputs.filter(([name]) => !name.startsWith("__"));
    assert.deepEqual(Object.fromEntries(visible), { actorTaskId: "x", ...more });
  });

  it("tells the organization of its stack where there is one", async () => {
    const declared = await mockEngine(documented, "acme");
    const resource = new TaskRun("prices", { actorTaskId: "x" });
    assert.equal((await declaredInputs(resource, declared)).__organization, "acme");
  });

  it("tells no organization where none is known, as with an old CLI", async () => {
    const declared = await mockEngine(documented);
    const resource = new TaskRun("prices", { actorTaskId: "x" });
    assert.equal("__organization" in (await declaredInputs(resource, declared)), false);
  });

  it("knows its own URN below a parent, too", async () => {
    const declared = await mockEngine(documented);
    const parent = new pulumi.ComponentResource("shop:index:Group", "group");
    const resource = new TaskRun("prices", { actorTaskId: "x" }, { parent });
    assert.equal(
      await valueOf(resource.urn),
      "urn:pulumi:dev::shop::shop:index:Group$pulumi-nodejs:dynamic/apify:TaskRun::prices",
    );
    assert.equal(declared[1]?.inputs.__urn, await valueOf(resource.urn));
  });

  for (const [customTimeouts, secs] of [
    [
      { create: "1h30m", update: "90s" },
      { create: 5400, update: 90 },
    ],
    [{ create: "5m" }, { create: 300 }],
    [{ update: "5m" }, { update: 300 }],
    [{ delete: "5m" }, undefined],
    [{ create: "soon" }, undefined],
  ] as const) {
    it(`hands on customTimeouts ${JSON.stringify(customTimeouts)}`, async () => {
      const declared = await mockEngine(documented);
      const resource = new TaskRun("prices", { actorTaskId: "x" }, { customTimeouts });
      await valueOf(resource.urn);
      assert.deepEqual(declared[0]?.inputs.__timeLimitSecs, secs);
      assert.equal("__timeLimitSecs" in (declared[0]?.inputs ?? {}), secs !== undefined);
    });
  }

  for (const name of described) {
    it(`has the output ${name}, as the run has it`, async () => {
      await mockEngine(documented);
      const resource = new TaskRun("prices", { actorTaskId: "x" });
      const expected = documented[renamed[name] ?? name];
      assert.notEqual(expected ?? undefined, undefined, "the fixture should have a value");
      assert.deepEqual(await valueOf(resource[name] as pulumi.Output<unknown>), expected);
    });
  }

  it("has undefined for what the run leaves out and for what it has as null", async () => {
    await mockEngine(aRun({ exitCode: null, finishedAt: null, actorTaskId: null }));
    const resource = new TaskRun("prices", { actorTaskId: "x" });
    for (const name of ["exitCode", "finishedAt", "taskId", "pricingInfo", "usage"] as const) {
      assert.equal(await valueOf(resource[name] as pulumi.Output<unknown>), undefined, name);
    }
  });

  it("keeps 0, false and an empty text", async () => {
    await mockEngine(aRun({ exitCode: 0, isStatusMessageTerminal: false, statusMessage: "" }));
    const resource = new TaskRun("prices", { actorTaskId: "x" });
    assert.equal(await valueOf(resource.exitCode), 0);
    assert.equal(await valueOf(resource.isStatusMessageTerminal), false);
    assert.equal(await valueOf(resource.statusMessage), "");
  });

  it("has the id of the run, the run and its links", async () => {
    await mockEngine(documented);
    const resource = new TaskRun("prices", { actorTaskId: "x" });
    assert.equal(await valueOf(resource.runId), documented.id);
    assert.deepEqual(await valueOf(resource.run), documented);
    assert.equal(await valueOf(resource.consoleUrl), links.console);
    assert.equal(await valueOf(resource.datasetConsoleUrl), links.datasetConsole);
    assert.equal(await valueOf(resource.datasetItemsUrl), links.datasetItems);
    assert.equal(await valueOf(resource.expired), false);
  });

  it("can be read by the id of a run", async () => {
    const declared = await mockEngine(documented);
    const resource = TaskRun.get("prices", documented.id);
    assert.equal(await valueOf(resource.status), documented.status);
    assert.equal(declared[0]?.id, documented.id);
    assert.deepEqual(Object.keys(declared[0].inputs).sort(), ["__provider", "__urn"]);
  });
});
