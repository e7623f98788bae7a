import assert from "node:assert/strict";
import { createRunParser, parseRun } from "../../../../provider/resources/taskRun/runParser";
import type { RunRecord } from "../../../../provider/run/runRecord";

const json = (run: object): string => JSON.stringify(run);
const succeeded = { id: "run1", status: "SUCCEEDED" };

describe("the parser of stored runs", () => {
  for (const [title, runJson, problem] of [
    ["is not there", undefined, "is missing"],
    ["is not a text", succeeded, "does not describe a run"],
    ["is not JSON", "{", "does not describe a run"],
    ["has no status", json({ id: "run1" }), "does not describe a run"],
    ["is another run's", json({ ...succeeded, id: "run2" }), "describes another run"],
  ] as const) {
    it(`says what is wrong with JSON that ${title}, each time`, () => {
      const parse = createRunParser();
      assert.equal(parse("run1", runJson), problem);
      assert.equal(parse("run1", runJson), problem);
      assert.equal(parseRun("run1", runJson), problem);
    });
  }

  it("parses a text again only if it is of another run, or has changed", () => {
    const parse = createRunParser();
    const first = parse("run1", json(succeeded));
    assert.deepEqual(first, succeeded);
    assert.equal(parse("run1", json(succeeded)), first);
    assert.equal(parse("run2", json(succeeded)), "describes another run");
    assert.equal(parse("run1", json(succeeded)), first);
    const changed = parse("run1", json({ ...succeeded, status: "FAILED" })) as RunRecord;
    assert.equal(changed.status, "FAILED");
    assert.deepEqual(parse("run1", json(succeeded)), succeeded);
    assert.equal(parse("run1", undefined), "is missing");
  });
});
