import assert from "node:assert/strict";
import { runtime } from "@pulumi/pulumi";
import {
  inputsTo,
  outputsTo,
  propertiesFrom,
  secret,
  withFacts,
} from "../../../provider/native/wire";
import { structOf } from "../../support/protobuf";

describe("properties on the wire of the native plugin", () => {
  it("lose the marks of secrets at any depth", () => {
    const mark = { [runtime.specialSigKey]: runtime.specialSecretSig };
    const given = structOf({ a: { ...mark, value: { b: [{ ...mark, value: 1 }] } }, c: 2 });
    assert.deepEqual(propertiesFrom(given), { a: { b: [1] }, c: 2 });
  });

  it("are empty when the request has none", () => {
    assert.deepEqual(propertiesFrom(undefined), {});
  });

  it("are marked as secret in the way that Pulumi reads", () => {
    assert.equal(runtime.isRpcSecret(secret("x")), true);
  });

  it("get the URN of the request, and an organization unless the program tells it", () => {
    const facts = { __urn: "urn", __organization: "acme" };
    assert.deepEqual(withFacts({ a: 1 }, facts), { a: 1, ...facts });
    assert.deepEqual(withFacts({ __organization: "own" }, facts), {
      __urn: "urn",
      __organization: "own",
    });
  });

  it("are returned without what each request tells, and outputs with a mark", () => {
    const properties = { a: 1, __urn: "urn", __provider: "text", __organization: "acme" };
    assert.deepEqual(inputsTo(properties).toJavaScript(), { a: 1, __organization: "acme" });
    assert.deepEqual(outputsTo(properties).toJavaScript(), {
      a: 1,
      __organization: "acme",
      __native: true,
    });
  });
});
