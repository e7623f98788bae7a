import assert from "node:assert/strict";
import {
  allFields,
  changedFields,
  declaredPart,
  newFields,
} from "../../../../provider/resources/task/taskFields";
import { aTask } from "../../support/tasks";
import type { Task } from "../../../../provider/apify/schemas/task";
import type { FieldArgs } from "../../../../provider/resources/task/taskFields";

/** What a task has, what was declared before, what is declared now, and the fields to send. */
type Row = readonly [
  what: string,
  task: Partial<Task>,
  before: FieldArgs,
  args: FieldArgs,
  fields: object,
];

describe("the fields to send", () => {
  const rows: readonly Row[] = [
    ["nothing is declared", { title: "A", input: { a: 1 } }, {}, {}, {}],
    ["all is as declared", { title: "A" }, { title: "A" }, { title: "A" }, {}],
    ["a title is new", {}, {}, { title: "A" }, { title: "A" }],
    ["a title is another", { title: "A" }, { title: "A" }, { title: "B" }, { title: "B" }],
    ["a title was edited", { title: "X" }, { title: "A" }, { title: "A" }, { title: "A" }],
    ["a title is removed", { title: "A" }, { title: "A" }, {}, { title: null }],
    ["a title that was never declared is there", { title: "A" }, {}, {}, {}],
    ["a removed title is gone already", { title: null }, { title: "A" }, {}, {}],
    [
      "a description is removed",
      { description: "A" },
      { description: "A" },
      {},
      { description: null },
    ],
    ["an empty title is declared", { title: "A" }, {}, { title: "" }, { title: "" }],
    ["a name is another", {}, { name: "scrape" }, { name: "other" }, { name: "other" }],
    ["a name is removed", {}, { name: "scrape" }, {}, {}],
    ["an input is another", { input: { a: 1 } }, {}, { input: { b: 2 } }, { input: { b: 2 } }],
    [
      "only the order of an input is another",
      { input: { a: 1, b: 2 } },
      {},
      { input: { b: 2, a: 1 } },
      {},
    ],
    [
      "the order of a list in it is another",
      { input: { a: [1, 2] } },
      {},
      { input: { a: [2, 1] } },
      { input: { a: [2, 1] } },
    ],
    ["an input is removed", { input: { a: 1 } }, { input: { a: 1 } }, {}, { input: null }],
    ["an empty input is removed", { input: {} }, { input: {} }, {}, {}],
    ["an empty input is declared and none is there", { input: null }, {}, { input: {} }, {}],
    [
      "an empty input is declared and one is there",
      { input: { a: 1 } },
      {},
      { input: {} },
      { input: {} },
    ],
    ["a null in an input counts", { input: { a: null } }, {}, { input: {} }, { input: {} }],
    [
      "an option is declared beside others",
      { options: { build: "latest", memoryMbytes: 512, maxItems: null } },
      {},
      { options: { memoryMbytes: 1024 } },
      { options: { build: "latest", memoryMbytes: 1024, maxItems: null } },
    ],
    [
      "an option is as declared, and the others are what they like",
      { options: { build: "latest", memoryMbytes: 512 } },
      {},
      { options: { memoryMbytes: 512 } },
      {},
    ],
    [
      "an option is removed, and the others stay",
      { options: { build: "latest", memoryMbytes: 512, timeoutSecs: 60 } },
      { options: { memoryMbytes: 512, timeoutSecs: 60 } },
      { options: { timeoutSecs: 60 } },
      { options: { build: "latest", memoryMbytes: null, timeoutSecs: 60 } },
    ],
    [
      "all options are removed",
      { options: { build: "latest", memoryMbytes: 512 } },
      { options: { memoryMbytes: 512 } },
      {},
      { options: { build: "latest", memoryMbytes: null } },
    ],
    [
      "a removed option is gone already",
      { options: { memoryMbytes: null } },
      { options: { memoryMbytes: 512 } },
      {},
      {},
    ],
    ["no options are declared where there are none", { options: null }, {}, { options: {} }, {}],
    [
      "an option of 0 and of false count",
      {},
      {},
      { options: { timeoutSecs: 0, restartOnError: false } },
      { options: { timeoutSecs: 0, restartOnError: false } },
    ],
    [
      "standby is turned on where it was never set",
      { actorStandby: null },
      {},
      { actorStandby: { isEnabled: true } },
      { actorStandby: { isEnabled: true } },
    ],
    [
      "standby keeps what this version does not know",
      { actorStandby: { isEnabled: false, novel: 5 } },
      {},
      { actorStandby: { isEnabled: true } },
      { actorStandby: { isEnabled: true, novel: 5 } },
    ],
  ];
  for (const [what, task, before, args, fields] of rows) {
    const sent = Object.keys(fields).join(", ");
    it(`are ${sent === "" ? "none" : sent} when ${what}`, () => {
      assert.deepEqual(changedFields(aTask(task), args, before), fields);
    });
  }

  it("do not depend on what was given to them, nor change it", () => {
    const task = deepFrozen(aTask({ options: { build: "latest" }, input: { a: 1 } }));
    const args = deepFrozen({ input: { b: [1] }, options: { memoryMbytes: 512 } });
    const before = deepFrozen({ title: "A", options: { build: "latest" } });
    const fields = changedFields(task, args, before);
    assert.deepEqual(fields, { input: { b: [1] }, options: { build: null, memoryMbytes: 512 } });
  });
});

describe("the fields of a new task", () => {
  it("are those that are declared, an empty input included, which Apify would prefill", () => {
    const declared: FieldArgs = { name: "scrape", input: {}, options: { maxItems: 1 } };
    assert.deepEqual(newFields({ ...declared, title: undefined }), declared);
    assert.deepEqual(newFields({}), {});
  });
});

describe("what a task has in the place of what is declared", () => {
  it("is each declared field and property, with undefined for one that is gone", () => {
    const task = aTask({
      title: null,
      input: { x: 1 },
      options: { build: "beta", memoryMbytes: 512, maxItems: null },
      actorStandby: null,
    });
    const declared: FieldArgs = {
      name: "declared",
      title: "A",
      input: { a: 1 },
      options: { build: "latest", maxItems: 5 },
      actorStandby: { isEnabled: true },
    };
    assert.deepEqual(declaredPart(task, declared), {
      name: "scrape",
      title: undefined,
      input: { x: 1 },
      options: { build: "beta", maxItems: undefined },
      actorStandby: { isEnabled: undefined },
    });
  });

  it("is nothing when nothing is declared", () => {
    const task = aTask({ title: "A", input: { a: 1 }, options: { build: "latest" } });
    assert.deepEqual(declaredPart(task, {}), {});
  });

  it("is all that has a value when the task was not declared", () => {
    const task = aTask({
      title: "",
      description: null,
      input: {},
      options: { build: "latest", maxItems: null, timeoutSecs: 0 },
      actorStandby: { isEnabled: false, build: null },
    });
    assert.deepEqual(allFields(task), {
      name: "scrape",
      title: "",
      input: {},
      options: { build: "latest", timeoutSecs: 0 },
      actorStandby: { isEnabled: false },
    });
    assert.deepEqual(allFields({ id: "task1", options: { build: null }, actorStandby: null }), {});
  });
});

function deepFrozen<T>(value: T): T {
  if (typeof value === "object" && value !== null) Object.values(value).forEach(deepFrozen);
  return Object.freeze(value);
}
