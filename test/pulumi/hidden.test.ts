import assert from "node:assert/strict";
import { splitHidden } from "../../provider/pulumi/hidden";

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
