import assert from "node:assert/strict";
import { documentedProperties } from "../../../../scripts/reference/docComments";
import { argumentNames, argumentTable } from "../../../../provider/resources/taskRun/argumentTable";
import { apifyChanges } from "../../../engine/reruns/apifyChanges";
import { argumentChanges } from "../../../engine/reruns/argumentChanges";
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
  const documented = documentedProperties("provider/program/taskRunArgs.ts", "TaskRunArgs");

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

describe("the engine's tests of reruns", () => {
  /** The names of all properties in a value, at any depth. */
  function namesIn(value: unknown): readonly string[] {
    if (typeof value !== "object" || value === null) return [];
    return Object.entries(value).flatMap(([name, inner]) => [name, ...namesIn(inner)]);
  }

  const set = new Set(
    Object.values({ ...argumentChanges, ...apifyChanges })
      .flatMap((changes) => Object.values(changes))
      .flatMap((change: { readonly before?: unknown; readonly after?: unknown }) => [
        ...namesIn(change.before),
        ...namesIn(change.after),
      ]),
  );
  for (const name of argumentNames) {
    it(`have a row for ${name}`, () => {
      assert.ok(set.has(name));
    });
  }
});
