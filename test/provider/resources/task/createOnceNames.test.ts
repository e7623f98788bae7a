import assert from "node:assert/strict";
import { autoName, replacedName } from "../../../../provider/resources/task/autoName";
import { createTaskLedger } from "../../../../provider/resources/task/taskLedger";
import { owner, plainErrorOf } from "../../support/taskRuns";
import { args, fiveMisses, foreign, own, play } from "../../support/creatingTasks";
import {
  aTask,
  created,
  failing,
  inTurn,
  lostResponse,
  missing,
  refused,
  taken,
} from "../../support/tasks";
import type { Task } from "../../../../provider/apify/schemas/task";
import type { NamedArgs } from "../../../../provider/resources/task/createOnce";

describe("a name that another task has", () => {
  const said = [
    'No task was created: the account already has a task named "scrape", task1, and it was not changed.',
    "See https://console.example/actors/tasks/task1",
    'To manage that task with this resource, set `adoptTaskId: "task1"`, also if an earlier deployment that was interrupted created it. To create another task, choose another `name`.',
    "If it is the task that this deployment replaces because of `--replace`, set the resource option `deleteBeforeReplace`: Pulumi does not tell which task that is.",
  ].join("\n");

  it("is an error that names adoptTaskId, even if the task is just as declared", async () => {
    const { result, creates } = play({ looks: [own], creates: [] });
    assert.equal((await plainErrorOf(result)).message, said);
    assert.equal(creates.length, 0);
  });

  it("is the same error when the name was taken between the look and the create", async () => {
    const { result } = play({ looks: [missing, own], creates: [refused(taken)] });
    assert.equal((await plainErrorOf(result)).message, said);
  });

  it("is tried again when Apify does not show the task, and not without end", async () => {
    const looks = [missing, ...fiveMisses, ...fiveMisses, ...fiveMisses];
    const creates = [refused(taken), refused(taken), refused(taken)];
    const { message } = await plainErrorOf(play({ looks, creates }).result);
    assert.doesNotMatch(message, /response was lost/);
    assert.match(message, /^No task was created\..*\nChoose another `name`\.$/);
  });

  it("is an error when the task of the resource is gone and another one has its name by now", async () => {
    const ledger = createTaskLedger();
    ledger.recordNameInState(owner, "scrape");
    ledger.recordExisting(owner, "missing");
    const { result, creates } = play({ looks: [own], creates: [], context: { ledger } });
    assert.equal((await plainErrorOf(result)).message, said);
    assert.equal(creates.length, 0);
  });
});

describe("the task of a deployment that was killed", () => {
  const name = autoName("prices", owner, undefined);
  const automatic: NamedArgs = { ...args, name };

  it("is found by the name that only this resource gives", async () => {
    const found = { ...own, name };
    const { result, creates, context } = play({ looks: [found], creates: [], args: automatic });
    assert.deepEqual(await result, found);
    assert.equal(creates.length, 0);
    assert.equal(context.lines.length, 1);
  });

  it("is not taken for it with other content", async () => {
    const { result } = play({ looks: [{ ...foreign, name }], creates: [], args: automatic });
    assert.match((await plainErrorOf(result)).message, /adoptTaskId: "task9"/);
  });

  it("is found by the name that the replaced task made free", async () => {
    const ledger = createTaskLedger();
    ledger.recordNameInState(owner, "scrape");
    ledger.recordExisting(owner, aTask({ id: "task0", name: replacedName("scrape", "task0") }));
    const { result } = play({ looks: [own], creates: [], context: { ledger } });
    assert.deepEqual(await result, own);
  });

  it("is found by its own name as the replacement of another one", async () => {
    const ledger = createTaskLedger();
    ledger.recordNameInState(owner, "prices-1234567");
    const replacement = autoName("prices", owner, "prices-1234567");
    const found = { ...own, name: replacement };
    const scene = { looks: [found], creates: [], context: { ledger } };
    assert.deepEqual(await play({ ...scene, args: { ...args, name: replacement } }).result, found);
  });
});

describe("the task that a new one with the same name replaces", () => {
  const old = aTask({ id: "task0", input: { old: true } });
  const aside = replacedName("scrape", "task0");

  for (const [what, existing] of [
    ["its id", old],
    ["its name alone", undefined],
  ] as const) {
    it(`is renamed first, and known by ${what}`, async () => {
      const ledger = createTaskLedger();
      ledger.recordNameInState(owner, "scrape");
      if (existing !== undefined) ledger.recordExisting(owner, existing);
      const renames = inTurn<Task>({ ...old, name: aside });
      const { result, creates, context } = play({
        looks: [old],
        creates: [created()],
        context: { ledger },
        client: { updateTask: renames.answer },
      });
      assert.deepEqual(await result, aTask());
      assert.deepEqual(renames.calls[0]?.slice(0, 2), ["task0", { name: aside }]);
      assert.equal(creates.length, 1);
      assert.deepEqual(context.lines, [
        `The replaced task janedoe~scrape (task0) is now named "${aside}", since its successor takes its name.`,
      ]);
    });
  }

  it("keeps its name, and nothing is created, when it cannot be renamed", async () => {
    const ledger = createTaskLedger();
    ledger.recordExisting(owner, old);
    const { result, creates } = play({
      looks: [old],
      creates: [],
      context: { ledger },
      client: { updateTask: failing(lostResponse) },
    });
    await assert.rejects(result, lostResponse);
    assert.equal(creates.length, 0);
  });

  it("is not renamed when another task has the name", async () => {
    const ledger = createTaskLedger();
    ledger.recordExisting(owner, aTask({ id: "task0", name: "something-else" }));
    const { result } = play({ looks: [own], creates: [], context: { ledger } });
    assert.match((await plainErrorOf(result)).message, /adoptTaskId: "task1"/);
  });
});
