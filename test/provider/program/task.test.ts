import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { createRequire } from "node:module";
import { Task } from "../../../provider/program/task";
import { refusedValues } from "../../support/refusedValues";

interface Declared {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly id: string | undefined;
}

/** What a provider would return besides the arguments. */
const outputs = {
  name: "prices-0123456",
  username: "janedoe",
  userId: "user1",
  actId: "actor1",
  createdAt: "2026-01-01T00:00:00.000Z",
  modifiedAt: "2026-01-02T00:00:00.000Z",
  fingerprint: "0123456789abcdef",
  consoleUrl: "https://console.example/actors/tasks/task1",
} as const;

const { unknown: unknownInProgram } = createRequire(__filename)("@pulumi/pulumi/output") as {
  unknown: string;
};

/** Stands in for the engine: every resource is this task. */
async function mockEngine(
  state: object = outputs,
  { organization, phase = "update" }: { organization?: string; phase?: "preview" | "update" } = {},
): Promise<readonly Declared[]> {
  const declared: Declared[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs, id }) => {
        declared.push({ type, name, inputs: inputs as Declared["inputs"], id });
        return { id: "task1", state: state as Record<string, unknown> };
      },
      call: () => ({}),
    },
    "shop",
    "dev",
    phase === "preview",
    organization,
  );
  return declared;
}

function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
  return (output as unknown as { promise(): Promise<T> }).promise();
}

/** The inputs that the only resource is declared with, without those that the user does not see. */
async function visibleInputs(task: Task, declared: readonly Declared[]): Promise<object> {
  await valueOf(task.urn);
  assert.equal(declared.length, 1);
  const entries = Object.entries(declared[0]?.inputs ?? {});
  return Object.fromEntries(entries.filter(([name]) => !name.startsWith("__")));
}

function isClear(error: Error): true {
  assert.ok(pulumi.RunError.isInstance(error));
  assert.equal(error.stack, error.message, "a stack is of no use, and slow to print");
  return true;
}

describe("a Task", () => {
  it("declares its arguments, its row and nothing else that is seen", async () => {
    const declared = await mockEngine();
    const args = {
      actorId: "apify/web-scraper",
      name: "prices",
      title: "Prices",
      description: "D",
      options: { memoryMbytes: 512 },
      actorStandby: { isEnabled: true },
      adoptTaskId: "task1",
      onDelete: "keep",
      account: "client",
    } as const;
    const task = new Task("prices", { ...args, input: { a: pulumi.output(1) } });
    assert.deepEqual(await visibleInputs(task, declared), { ...args, input: { a: 1 } });
    const [only] = declared;
    assert.equal(only?.type, "pulumi-nodejs:dynamic/apify:Task");
    assert.equal(only.name, "prices");
    const { __provider, __urn } = only.inputs;
    assert.match(String(__provider), /pulumi-apify\/dynamic-task-provider/);
    assert.equal(__urn, await valueOf(task.urn));
  });

  it("tells the organization of its stack where there is one, since its name depends on it", async () => {
    for (const organization of ["acme", undefined]) {
      const declared = await mockEngine(
        outputs,
        organization === undefined ? {} : { organization },
      );
      await valueOf(new Task("prices", { actorId: "x" }).urn);
      assert.equal(declared[0]?.inputs.__organization, organization);
    }
  });

  it("knows its own URN below a parent, too", async () => {
    const declared = await mockEngine();
    const parent = new pulumi.ComponentResource("shop:index:Group", "group");
    const task = new Task("prices", { actorId: "x" }, { parent });
    const urn = "urn:pulumi:dev::shop::shop:index:Group$pulumi-nodejs:dynamic/apify:Task::prices";
    assert.equal(await valueOf(task.urn), urn);
    assert.equal(declared[1]?.inputs.__urn, urn);
  });

  for (const [name, value] of Object.entries(outputs)) {
    it(`has the output ${name}`, async () => {
      await mockEngine();
      const task = new Task("prices", { actorId: "x" });
      assert.equal(await valueOf(task[name as keyof typeof outputs]), value);
    });
  }

  it("can be read by the id of a task", async () => {
    const declared = await mockEngine();
    const task = Task.get("prices", "task1");
    assert.equal(await valueOf(task.fingerprint), outputs.fingerprint);
    assert.equal(declared[0]?.id, "task1");
    assert.deepEqual(await visibleInputs(task, declared), {});
  });
});

describe("a Task under Pulumi's mocks", () => {
  it("has undefined for each output that the mock leaves out, and what it returns for the others", async () => {
    await mockEngine({ name: "mocked" });
    const task = new Task("prices", { actorId: "x" });
    for (const name of Object.keys(outputs) as (keyof typeof outputs)[]) {
      assert.equal(await valueOf(task[name]), name === "name" ? "mocked" : undefined, name);
    }
    assert.equal(await valueOf(task.id), "task1");
  });

  it("has no value in a preview", async () => {
    await mockEngine({}, { phase: "preview" });
    const { fingerprint } = new Task("prices", { actorId: "x" });
    const { isKnown } = fingerprint as unknown as { isKnown: Promise<boolean> };
    assert.equal(await isKnown, false);
  });
});

describe("the options of a Task", () => {
  before(() => mockEngine());

  it("refuse `import`, and name what stands in for it", () => {
    assert.throws(
      () => new Task("prices", { actorId: "x" }, { import: "task1" }),
      (error: Error) => {
        assert.match(
          error.message,
          /^Task "prices": .*\n.*existing task.*`adoptTaskId`.*`Task\.get\(name, taskId\)`/,
        );
        return isClear(error);
      },
    );
  });

  it("refuse an explicit provider of their own package", () => {
    class Provider extends pulumi.ProviderResource {}
    const provider = new Provider("pulumi-nodejs", "own", {});
    assert.throws(
      () => new Task("prices", { actorId: "x" }, { provider }),
      (error: Error) => {
        assert.match(error.message, /^Task "prices": .*\nRemove the option `provider`/);
        return isClear(error);
      },
    );
  });
});

describe("the arguments of a Task that have no value", () => {
  it("are named by their paths, which an up would leave out without a word", async () => {
    const declared = await mockEngine();
    const notKnown = (): pulumi.Output<string> => pulumi.output(unknownInProgram);
    const input = { from: [notKnown()] };
    const task = new Task("prices", { actorId: notKnown(), input, title: pulumi.output("T") });
    await valueOf(task.urn);
    const paths = declared[0]?.inputs.__unknownArguments as string[];
    assert.deepEqual([...paths].sort(), ["actorId", "input.from[0]"]);
  });
});

describe("the arguments of a Task that are not JSON", () => {
  before(() => mockEngine());

  for (const [name, [make, reason]] of Object.entries(refusedValues)) {
    it(`are refused by their path: ${name}`, () => {
      const input = { urls: [1, { value: make() }] };
      assert.throws(
        () => new Task("prices", { actorId: "x", input }),
        (error: Error) => {
          const [heading, line = "", ...others] = error.message.split("\n");
          assert.equal(heading, 'The arguments of Task "prices" cannot be sent to Apify as JSON:');
          assert.ok(
            line.trim().startsWith("`input.urls[1].value` ") && line.includes(reason),
            line,
          );
          assert.deepEqual(others, []);
          return isClear(error);
        },
      );
    });
  }
});
