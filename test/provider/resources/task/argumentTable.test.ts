import assert from "node:assert/strict";
import { documentedProperties } from "../../../../scripts/reference/docComments";
import {
  argsSchema,
  argumentNames,
  argumentTable,
} from "../../../../provider/resources/task/argumentTable";
import { fieldNames } from "../../../../provider/resources/task/taskFields";
import type { ChangeRule } from "../../../../provider/resources/task/argumentTable";

/** How a doc comment says what a change does. */
const sentences: Readonly<Record<ChangeRule, RegExp>> = {
  replaces: /\bChanging it replaces the task\b/,
  adopts: /\bChanging it takes over the task that it names\b/,
  updates: /\bChanging it (changes|renames) the task\b/,
  updatesState: /\bChanging it changes nothing at Apify\./,
};

describe("the doc comments of a Task's arguments", () => {
  const documented = documentedProperties("provider/program/taskArgs.ts", "TaskArgs");

  it("are in the order of the table", () => {
    assert.deepEqual(
      documented.map(({ name }) => name),
      argumentNames,
    );
  });

  for (const { name, doc } of documented) {
    const { change } = argumentTable[name as keyof typeof argumentTable];
    it(`say what a change of ${name} does: ${change}`, () => {
      assert.match(doc, sentences[change]);
    });

    it(`say whether a change of ${name} changes the fingerprint, and so what runs`, () => {
      const isOfFingerprint = name === "input" || name === "options";
      assert.equal(doc.includes("its `fingerprint`"), isOfFingerprint);
    });

    if (name === "actorId") continue;
    it(`say what leaving out ${name} means`, () => {
      assert.match(doc, /\bDefault: /);
    });
  }

  for (const [declaration, field] of [
    ["TaskOptionsArgs", "options"],
    ["ActorStandbyArgs", "actorStandby"],
  ] as const) {
    const properties = documentedProperties("provider/program/taskArgs.ts", declaration);

    it(`are there for each property of ${field}, in the order of its schema`, () => {
      assert.deepEqual(
        properties.map(({ name }) => name),
        Object.keys(argumentTable[field].schema.unwrap().shape),
      );
    });

    for (const { name, doc } of properties) {
      it(`say what leaving out ${field}.${name} means`, () => {
        assert.match(doc, /\bDefault: /);
      });
    }
  }
});

describe("the rule for a change of a Task's argument", () => {
  it("changes the task for each argument that is a field of it, and for no other", () => {
    const updating = argumentNames.filter((name) => argumentTable[name].change === "updates");
    assert.deepEqual([...updating].sort(), [...fieldNames].sort());
  });

  it("is there for each argument that the schema takes", () => {
    assert.deepEqual(Object.keys(argsSchema.shape), argumentNames);
  });
});
