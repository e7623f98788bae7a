import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { createRequire } from "node:module";
import { assertAllKnown } from "../../../provider/engine/hiddenInputs";
import { unknownPaths } from "../../../provider/program/unknownPaths";
import {
  args,
  hidden,
  startWorld,
  unknown,
  type TestProvider,
  type World,
} from "../support/dynamicHost";

const { unknown: unknownInProgram } = createRequire(__filename)("@pulumi/pulumi/output") as {
  unknown: string;
};
const notKnown = (): pulumi.Output<string> => pulumi.output(unknownInProgram);

describe("the arguments of a program that have no value", () => {
  before(async () => {
    await pulumi.runtime.setMocks({
      newResource: ({ type, name }) => ({
        // A resource without an id was not deployed.
        id: name === "undeployed" ? "" : name,
        state: type === "pulumi:pulumi:StackReference" ? { name, outputs: { a: "b" } } : {},
      }),
      call: () => ({}),
    });
  });

  it("are not looked for where all values are plain", () => {
    const shared = { b: 1 };
    const cyclic: Record<string, unknown> = { shared, again: shared };
    cyclic.self = cyclic;
    for (const plain of [{}, { a: undefined, b: null, c: [1, { d: "e" }] }, cyclic]) {
      assert.equal(unknownPaths(plain), undefined);
    }
  });

  it("are none where all are known, secrets, promises and undefined included", async () => {
    const known = {
      a: pulumi.output(1),
      b: [pulumi.secret("x"), Promise.resolve(2), pulumi.output(undefined)],
      c: pulumi.output({ d: [pulumi.output(3)] }),
    };
    assert.equal(await unknownPaths(known), undefined);
  });

  it("are named by their paths", async () => {
    const paths = await unknownPaths({
      actorTaskId: notKnown(),
      input: { list: [1, { from: notKnown() }], text: pulumi.interpolate`${notKnown()}!` },
      build: pulumi.secret(notKnown()),
      triggers: [Promise.resolve(notKnown())],
      account: pulumi.output("known"),
    });
    assert.deepEqual(paths?.sort(), [
      "actorTaskId",
      "build",
      "input.list[1].from",
      "input.text",
      "triggers[0]",
    ]);
  });

  it("are those that come from a resource that was not deployed, whatever Pulumi says of them", async () => {
    class Bucket extends pulumi.CustomResource {
      declare readonly arn: pulumi.Output<string>;
      constructor(name: string) {
        super("aws:s3:Bucket", name, { arn: undefined });
      }
    }
    const [deployed, undeployed] = [new Bucket("deployed"), new Bucket("undeployed")];
    const paths = await unknownPaths({
      input: {
        fine: deployed.arn,
        arn: undeployed.arn,
        text: pulumi.interpolate`arn ${undeployed.arn}`,
      },
    });
    assert.deepEqual(paths, ["input.arn", "input.text"]);
  });

  it("are outputs that another stack does not have", async () => {
    const reference = new pulumi.StackReference("acme/producer/dev");
    const paths = await unknownPaths({
      input: { a: reference.getOutput("a"), b: reference.getOutput("b") },
      build: reference.getOutput("c").apply((build: unknown) => build ?? "latest"),
    });
    assert.deepEqual(paths, ["input.b"]);
  });

  it("are none when they cannot be found out, which Pulumi then reports", async () => {
    const failing = Promise.reject<string>(new Error("no"));
    assert.equal(await unknownPaths({ input: { failing } }), undefined);
  });
});

describe("an operation whose arguments have no value", () => {
  let world: World;
  let provider: TestProvider;
  before(async () => {
    world = await startWorld();
    provider = world.deployment();
  });
  after(() => world.close());

  const without = (...paths: readonly string[]) => ({ ...args, __unknownArguments: paths });

  it("starts nothing, and says what is missing", async () => {
    await assert.rejects(provider.create(without("input.from")), (error: Error) => {
      assert.match(error.message, /^Nothing was started: there is no value for input\.from, /);
      assert.equal(error.stack, error.message.split("\n")[0]);
      return true;
    });
    assert.deepEqual(world.emulator.requests, []);
  });

  it("updates nothing", async () => {
    const { id, outs } = await provider.create(args);
    world.emulator.clearRequests();
    await assert.rejects(provider.update(id, outs, without("account")), {
      message: /no value for account,/,
    });
    assert.deepEqual(world.emulator.requests, []);
  });

  it("names the first few of many", () => {
    const paths = Array.from({ length: 8 }, (_, index) => `triggers[${index}]`);
    assert.throws(() => {
      assertAllKnown({ __unknownArguments: paths });
    }, /for triggers\[0\], triggers\[1\], triggers\[2\], triggers\[3\], triggers\[4\] and 3 more,/);
  });

  it("has no problem with what the engine took out of an argument", async () => {
    const { failures } = await provider.check(
      {},
      { ...without("actorTaskId"), actorTaskId: undefined },
    );
    assert.deepEqual(failures, []);
    const webhooks = [{ eventTypes: ["ACTOR.RUN.FAILED"] }];
    const checked = await provider.check({}, { ...without("webhooks[0].requestUrl"), webhooks });
    assert.deepEqual(checked.failures, []);
  });

  it("still has those of other arguments, and in a preview those of the same one", async () => {
    const others = await provider.check({}, { ...without("input.from"), maxItems: -1 });
    assert.equal(others.failures?.length, 1);
    const webhooks = [{ eventTypes: [], requestUrl: unknown }];
    const same = await provider.check({}, { ...without("webhooks[0].requestUrl"), webhooks });
    assert.match(same.failures?.[0]?.reason ?? "", /eventTypes/);
  });

  it("is unchanged for a state that was stored without the hidden input", async () => {
    const { id, outs } = await provider.create(args);
    assert.deepEqual(await provider.diff(id, outs, args), { changes: false });
    const preview = { ...args, timeoutSecs: unknown, __unknownArguments: ["timeoutSecs"] };
    assert.deepEqual(await provider.diff(id, outs, preview), { changes: false });
    assert.deepEqual(Object.keys(hidden), ["__provider", "__urn"]);
  });
});
