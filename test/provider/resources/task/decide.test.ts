import assert from "node:assert/strict";
import { decide } from "../../../../provider/resources/task/decide";
import { aState } from "../../support/tasks";
import { isUnknown, unknown } from "../../support/taskRuns";
import type { DecideOptions, Decision } from "../../../../provider/resources/task/decide";
import type { ArgumentName } from "../../../../provider/resources/task/argumentTable";
import type { CheckedArgs, TaskFacts } from "../../../../provider/resources/task/state";

const nothing: Decision = { action: "nothing" };
const updateFor = (...changed: readonly ArgumentName[]): Decision => ({
  action: "update",
  changed,
});
const replaceFor = (property: "adoptTaskId" | "actorId" | "id"): Decision => ({
  action: "replace",
  property,
});

const usual: DecideOptions = { isUnknown, isMissing: false, isDamaged: false };
const gone: DecideOptions = { ...usual, isMissing: true };
const damaged: DecideOptions = { ...usual, isDamaged: true };

/** What was declared, what is declared, and what follows. */
interface Row {
  readonly before?: Partial<CheckedArgs>;
  /** An argument that the state lacks, as after damage. */
  readonly lost?: keyof CheckedArgs;
  readonly facts?: Partial<TaskFacts>;
  readonly args?: Partial<CheckedArgs>;
  readonly options?: DecideOptions;
  readonly then: Decision;
}

const input = { a: [1, { b: 2 }], c: 3 };

const rows: Readonly<Record<string, Row>> = {
  "nothing changed": { then: nothing },
  "only the order of an input's keys changed": {
    before: { input },
    args: { input: { c: 3, a: [1, { b: 2 }] } },
    then: nothing,
  },
  "another Actor": { args: { actorId: "actor2" }, then: replaceFor("actorId") },
  "another Actor, and the task is gone": {
    args: { actorId: "actor2" },
    options: gone,
    then: replaceFor("actorId"),
  },
  "another Actor that is not known yet": {
    args: { actorId: unknown },
    then: replaceFor("actorId"),
  },
  "the same Actor by its name": {
    before: { actorId: "actor1" },
    args: { actorId: "janedoe~by-hand", actId: "actor1" },
    then: updateFor("actorId"),
  },
  "the same Actor by its id": {
    before: { actorId: "janedoe~by-hand" },
    args: { actorId: "actor1", actId: "actor1" },
    then: updateFor("actorId"),
  },
  "the same Actor by its id, which could not be read": {
    before: { actorId: "janedoe~by-hand" },
    args: { actorId: "actor1" },
    then: updateFor("actorId"),
  },
  "the Actor of the same name is another one by now": {
    before: { actorId: "janedoe~by-hand" },
    args: { actorId: "janedoe~by-hand", actId: "actor2" },
    then: nothing,
  },
  "an Actor that the state does not name any more": {
    lost: "actorId",
    facts: { actId: undefined },
    then: updateFor("actorId"),
  },
  "the task is gone": { options: gone, then: replaceFor("id") },
  "the task is gone, and the title changed": {
    args: { title: "A" },
    options: gone,
    then: replaceFor("id"),
  },
  "another task to adopt": { args: { adoptTaskId: "task2" }, then: replaceFor("adoptTaskId") },
  "another task to adopt, while this one is gone": {
    args: { adoptTaskId: "task2" },
    options: gone,
    then: replaceFor("adoptTaskId"),
  },
  "a task to adopt that is not known yet": {
    args: { adoptTaskId: unknown },
    then: replaceFor("adoptTaskId"),
  },
  "the task that is adopted already": {
    before: { adoptTaskId: "task1" },
    args: { adoptTaskId: "task1" },
    then: nothing,
  },
  "the id of the task it has": { args: { adoptTaskId: "task1" }, then: updateFor("adoptTaskId") },
  "no task to adopt any more": {
    before: { adoptTaskId: "task1" },
    then: updateFor("adoptTaskId"),
  },
  "an adopted task that is gone": {
    before: { adoptTaskId: "task1" },
    args: { adoptTaskId: "task1" },
    options: gone,
    then: replaceFor("id"),
  },
  "another name": { args: { name: "other" }, then: updateFor("name") },
  "no name, as with an adopted task": { args: { name: undefined }, then: nothing },
  "another title": { args: { title: "A" }, then: updateFor("title") },
  "no title any more": { before: { title: "A" }, then: updateFor("title") },
  "another description": { args: { description: "A" }, then: updateFor("description") },
  "another input": { before: { input }, args: { input: { a: 1 } }, then: updateFor("input") },
  "an input that is not known yet": {
    before: { input },
    args: { input: unknown as never },
    then: updateFor("input"),
  },
  "an input of which something is not known yet": {
    before: { input: { a: [{ b: unknown }] } },
    args: { input: { a: [{ b: unknown }] } },
    then: updateFor("input"),
  },
  "another option": { args: { options: { maxItems: 1 } }, then: updateFor("options") },
  "another standby setting": {
    args: { actorStandby: { isEnabled: true } },
    then: updateFor("actorStandby"),
  },
  "another onDelete": { args: { onDelete: "keep" }, then: updateFor("onDelete") },
  "another account": { args: { account: "client" }, then: updateFor("account") },
  "what check foresees, and nothing else": {
    args: { actId: "actor1", fingerprint: "0123" },
    then: nothing,
  },
  "a state that is damaged": { options: damaged, then: updateFor() },
  "a state that is damaged, and the task is gone": {
    options: { ...damaged, isMissing: true },
    then: replaceFor("id"),
  },
};

describe("what a deployment does with a Task", () => {
  for (const [what, row] of Object.entries(rows)) {
    const { before, lost, facts, args, options = usual, then } = row;
    const of = then.action === "replace" ? `replace for ${then.property}` : then.action;
    it(`is ${of}: ${what}`, () => {
      const declared = aState(args).args;
      const state = aState(before, facts);
      const stored = Object.entries(state.args).filter(([name]) => name !== lost);
      const recorded = { ...state, args: Object.fromEntries(stored) };
      assert.deepEqual(decide(recorded, declared, options), then);
    });
  }
});
