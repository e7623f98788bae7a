import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { createRequire } from "node:module";
import { unknownPaths } from "../../../provider/program/unknownPaths";

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
