import assert from "node:assert/strict";
import { ownerOf, splitHidden } from "../../../provider/engine/hiddenInputs";

describe("the hidden inputs", () => {
  it("are those whose names begin with two underscores", () => {
    const properties = { a: 1, _b: 2, __urn: "urn", __provider: "text", c__: 3 };
    assert.deepEqual(splitHidden(properties), {
      visible: { a: 1, _b: 2, c__: 3 },
      hidden: { __urn: "urn", __provider: "text" },
    });
  });

  it("are none where there are none", () => {
    assert.deepEqual(splitHidden({}), { visible: {}, hidden: {} });
  });

  it("are taken from the outermost level alone", () => {
    const input = { __a: 1 };
    assert.deepEqual(splitHidden({ input }), { visible: { input }, hidden: {} });
  });
});

describe("the owner of a run", () => {
  it("is the resource of a stack of an organization", () => {
    assert.equal(ownerOf({ __organization: "acme", __urn: "urn" }), "acme/urn");
  });

  it("is the resource alone where no organization is known", () => {
    assert.equal(ownerOf({ __urn: "urn" }), "/urn");
    assert.equal(ownerOf({}), "/");
  });

  it("depends on nothing else", () => {
    const hidden = { __urn: "urn", __provider: "text", __timeLimitSecs: { create: 5 } };
    assert.equal(ownerOf(hidden), ownerOf({ __urn: "urn" }));
  });

  it("differs with the organization and with the resource", () => {
    const owners = [
      ownerOf({ __organization: "acme", __urn: "urn" }),
      ownerOf({ __organization: "other", __urn: "urn" }),
      ownerOf({ __organization: "acme", __urn: "another" }),
      ownerOf({ __urn: "urn" }),
    ];
    assert.equal(new Set(owners).size, owners.length);
  });
});

describe("the owner", () => {
  const dynamic = "pulumi-nodejs:dynamic/apify";
  const urn = (types: string, name = "prices"): string => `urn:pulumi:dev::shop::${types}::${name}`;

  it("is the same for the native plugin and the dynamic provider", () => {
    for (const kind of ["TaskRun", "Task"]) {
      for (const parent of ["", "acme:index:Group$"]) {
        assert.equal(
          ownerOf({ __organization: "acme", __urn: urn(`${parent}apify:index:${kind}`) }),
          `acme/${urn(`${parent}${dynamic}:${kind}`)}`,
        );
      }
    }
  });

  it("is the same when the parent is a Task", () => {
    assert.equal(
      ownerOf({ __urn: urn("apify:index:Task$apify:index:TaskRun") }),
      ownerOf({ __urn: urn(`${dynamic}:Task$${dynamic}:TaskRun`) }),
    );
  });

  it("leaves everything else as it is", () => {
    for (const __urn of [
      urn(`${dynamic}:TaskRun`, "apify:index:TaskRun::x"),
      urn("apify:index:TaskRunner"),
      "urn",
      "",
    ]) {
      assert.equal(ownerOf({ __urn }), `/${__urn}`);
    }
  });
});
