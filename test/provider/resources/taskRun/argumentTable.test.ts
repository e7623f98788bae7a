import assert from "node:assert/strict";
import { documentedProperties } from "../../../../scripts/reference/docComments";
import { argumentNames, argumentTable } from "../../../../provider/resources/taskRun/argumentTable";
import type { ChangeRule } from "../../../../provider/resources/taskRun/argumentTable";

/** How a doc comment says what a change does. */
const sentences: Readonly<Record<ChangeRule, RegExp>> = {
  reruns: /\bChanging (it|any of them) runs the task again[.;]/,
  adopts: /\bChanging it adopts the run with the new id\b/,
  reevaluates:
    /\b(Changing it|Turning it on) (runs the task again only if|starts no run: edits from then on)\b/,
  appliesToNextRun: /\bA change takes effect at the next run\./,
  updatesState: /\bChanging it starts no run\b/,
  appliesToDeployment: /\bChanging it starts no run\./,
};

describe("the doc comments of the arguments", () => {
  const documented = documentedProperties("provider/program/args.ts", "TaskRunArgs");

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

    if (name === "actorTaskId") continue;
    it(`say what leaving out ${name} means`, () => {
      assert.match(doc, /\bDefault: /);
    });
  }
});
