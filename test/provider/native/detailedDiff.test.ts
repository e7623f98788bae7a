import assert from "node:assert/strict";
import { detailedDiff } from "../../../provider/native/detailedDiff";

function paths(...args: Parameters<typeof detailedDiff>): Record<string, string> {
  const found = [...detailedDiff(...args)];
  return Object.fromEntries(found.map(([path, { kind, with: w }]) => [path, `${kind} ${w}`]));
}

describe("the detailed difference", () => {
  it("has the path of each value that was added, removed or changed, for which null is none", () => {
    const before = { a: { b: [1, { c: 2 }], d: 1 }, e: 1 };
    const now = { a: { b: [1, { c: 3 }, 4] }, e: 1, f: 0, g: null };
    assert.deepEqual(paths(before, {}, now, []), {
      "a.b[1].c": "update input",
      "a.b[2]": "add input",
      "a.d": "delete input",
      f: "add input",
    });
  });

  it("quotes a name that is none in a program", () => {
    assert.deepEqual(paths({ a: { "x y": 1 } }, {}, { a: { "x y": 2 } }, []), {
      'a["x y"]': "update input",
    });
  });

  it("does not cut a long path off", () => {
    const name = "x".repeat(300);
    assert.deepEqual(Object.keys(paths({ [name]: 1 }, {}, {}, [])), [name]);
  });

  it("takes a value of another kind as changed as a whole", () => {
    assert.deepEqual(paths({ a: [1] }, {}, { a: { b: 1 } }, []), { a: "update input" });
  });

  it("leaves hidden inputs out", () => {
    assert.deepEqual(paths({ __provider: "text", a: 1 }, {}, { a: 1 }, []), {});
  });

  it("shows a changed property of an input, whatever its name", () => {
    const changed = { "input.__meta": "update input" };
    const news = { input: { __meta: 2 } };
    assert.deepEqual(paths({ input: { __meta: 1 } }, {}, news, []), changed);
  });

  it("compares what no input had before with the output of the same name", () => {
    const outputs = { name: "made", fingerprint: "old" };
    assert.deepEqual(paths({}, outputs, { name: "made", fingerprint: "new" }, []), {
      fingerprint: "update output",
    });
  });

  it("compares a reason that the inputs do not show with the outputs", () => {
    const inputs = { input: { a: 2 } };
    assert.deepEqual(paths(inputs, { input: { a: 1 } }, inputs, ["input", "status"]), {
      "input.a": "update output",
    });
  });
});
