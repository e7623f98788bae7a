import assert from "node:assert/strict";
import { plainErrorOf } from "../../support/taskRuns";
import { args, fiveMisses, foreign, own, play } from "../../support/creatingTasks";
import {
  aTask,
  answered,
  created,
  failing,
  lostResponse,
  missing,
  refused,
  taken,
  unknownOutcome,
} from "../../support/tasks";
import type { ApifyClient } from "../../../../provider/apify/client";
import type { NamedArgs } from "../../../../provider/resources/task/createOnce";

const maybe = /^Task "scrape" may have been created: Apify's response was lost, and then /;

describe("creating a task once", () => {
  it("looks for the name in the account of the token, and then creates with what is declared", async () => {
    const { result, looks, creates, context } = play({ looks: [missing], creates: [created()] });
    assert.deepEqual(await result, aTask());
    assert.equal(looks[0]?.[0], "~scrape");
    assert.deepEqual(creates[0]?.[0], { actId: "actor1", name: "scrape", input: { a: 1 } });
    assert.deepEqual(context.statuses, ["creating task scrape"]);
    assert.deepEqual(context.lines, []);
  });

  it("sends each declared field, and none that is not declared", async () => {
    const declared = {
      title: "T",
      description: "D",
      input: {},
      options: { maxItems: 1 },
      actorStandby: { isEnabled: true },
    };
    const more: NamedArgs = { ...args, ...declared, onDelete: "keep", account: "client" };
    const { result, creates } = play({ looks: [missing], creates: [created()], args: more });
    await result;
    const { input, ...rest } = declared;
    // To Apify an empty input and none are not the same for a new task: none is prefilled.
    assert.deepEqual(creates[0]?.[0], { actId: "actor1", name: "scrape", ...rest, input });
  });

  it("says what Apify refused, and that nothing was created", async () => {
    const error = answered(400, "invalid-input", "Input is not valid");
    const { result, creates } = play({ looks: [missing], creates: [refused(error)] });
    const { message } = await plainErrorOf(result);
    assert.match(message, /^No task was created\. Apify answered 400 invalid-input /);
    assert.equal(creates.length, 1);
  });

  it("names actorId when Apify does not know the Actor", async () => {
    const { result } = play({ looks: [missing], creates: [refused(missing)] });
    assert.match((await plainErrorOf(result)).message, /\nCheck `actorId` "actor1"/);
  });

  it("creates nothing when the first look fails, and hands on why", async () => {
    const { result, creates } = play({ looks: [lostResponse], creates: [] });
    await assert.rejects(result, lostResponse);
    assert.equal(creates.length, 0);
  });

  it("hands on a defect as it is", async () => {
    const defect = new TypeError("a defect");
    const after = play({ looks: [missing, defect], creates: [unknownOutcome] });
    await assert.rejects(after.result, defect);
    const client = { createTask: failing(defect) };
    await assert.rejects(play({ looks: [missing], creates: [], client }).result, defect);
  });
});

describe("creating a task after a lost response", () => {
  it("uses the task that is there, and creates no second one", async () => {
    const { result, creates, context } = play({ looks: [missing, own], creates: [unknownOutcome] });
    assert.deepEqual(await result, own);
    assert.equal(creates.length, 1);
    assert.deepEqual(context.lines, [
      "Task janedoe~scrape (task1) was already created for this resource. It is used.",
    ]);
  });

  it("looks again, since a create that timed out may still be under way", async () => {
    const looks = [missing, ...fiveMisses.slice(1), own];
    const { result, creates, context } = play({ looks, creates: [unknownOutcome] });
    assert.deepEqual(await result, own);
    assert.equal(creates.length, 1);
    assert.deepEqual(context.clock.sleeps, [1000, 2000, 4000, 8000]);
  });

  it("creates again when it is not there, which the unique name makes safe", async () => {
    const looks = [missing, ...fiveMisses];
    const { result, creates } = play({ looks, creates: [unknownOutcome, created()] });
    assert.deepEqual(await result, aTask());
    assert.equal(creates.length, 2);
  });

  it("uses the first one when the second create finds the name taken", async () => {
    const looks = [missing, ...fiveMisses, own];
    const { result } = play({ looks, creates: [unknownOutcome, refused(taken)] });
    assert.deepEqual(await result, own);
  });

  it("gives up after three creates, and says that a task may be there", async () => {
    const looks = [missing, ...fiveMisses, ...fiveMisses, ...fiveMisses];
    const creates = [unknownOutcome, unknownOutcome, unknownOutcome];
    const { message } = await plainErrorOf(play({ looks, creates }).result);
    assert.match(message, maybe);
    assert.match(message, /The next `pulumi up` looks for it by its name/);
  });

  it("looks on when a look fails", async () => {
    const looks = [missing, lostResponse, own];
    const { result, creates } = play({ looks, creates: [unknownOutcome] });
    assert.deepEqual(await result, own);
    assert.equal(creates.length, 1);
  });

  it("does not create again when the last look fails, and says that a task may be there", async () => {
    const looks = [missing, ...fiveMisses.slice(1), lostResponse];
    const { result, creates } = play({ looks, creates: [unknownOutcome] });
    assert.match((await plainErrorOf(result)).message, maybe);
    assert.equal(creates.length, 1);
  });

  it("says that a task may be there when the second create is refused", async () => {
    const looks = [missing, ...fiveMisses];
    const creates = [unknownOutcome, refused(answered(401, "invalid-token"))];
    assert.match((await plainErrorOf(play({ looks, creates }).result)).message, maybe);
  });

  it("stops at once when the deployment is interrupted, and says that a task may be there", async () => {
    const signal = AbortSignal.abort();
    const { result, looks, creates } = play({
      looks: [missing, missing],
      creates: [unknownOutcome],
      context: { signal },
    });
    const { message } = await plainErrorOf(result);
    assert.match(message, maybe);
    assert.match(message, /the deployment was interrupted/);
    assert.deepEqual([looks.length, creates.length], [2, 1]);
  });

  it("uses no task that has other content: somebody else took the name meanwhile", async () => {
    const { result } = play({ looks: [missing, foreign], creates: [unknownOutcome] });
    assert.match((await plainErrorOf(result)).message, /`?adoptTaskId: "task9"/);
  });

  it("knows the task by the id of its Actor where the program names the Actor", async () => {
    const named: NamedArgs = { ...args, actorId: "janedoe~by-hand" };
    const scene = { looks: [missing, own], creates: [unknownOutcome] };
    const known = play({ ...scene, args: { ...named, actId: "actor1" } });
    assert.deepEqual(await known.result, own);
    const getActor = (id: string): ReturnType<ApifyClient["getActor"]> =>
      Promise.resolve({ id: id === "janedoe~by-hand" ? "actor1" : "actor2" } as never);
    const read = play({ ...scene, args: named, client: { getActor } });
    assert.deepEqual(await read.result, own);
    const other = play({ ...scene, args: { ...args, actorId: "janedoe~x" }, client: { getActor } });
    assert.match((await plainErrorOf(other.result)).message, /^No task was created/);
    const client = { getActor: failing(missing) };
    const none = play({ ...scene, args: named, client });
    assert.match((await plainErrorOf(none.result)).message, /^No task was created/);
  });
});
