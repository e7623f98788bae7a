import assert from "node:assert/strict";
import { create } from "../../../../provider/resources/task/create";
import { read, readUnrecorded } from "../../../../provider/resources/task/read";
import { consoleUrl, fakeClient, plainErrorOf } from "../../support/taskRuns";
import {
  aState,
  aTask,
  failing,
  inTurn,
  lostResponse,
  missing,
  startTaskApify,
  taskContext,
} from "../../support/tasks";
import type { Task } from "../../../../provider/apify/schemas/task";
import type { TaskState } from "../../../../provider/resources/task/state";
import type { TaskApify, TaskTestContext } from "../../support/tasks";

describe("read of a Task", () => {
  let apify: TaskApify;
  let state: TaskState;
  beforeEach(async () => {
    apify = await startTaskApify();
    state = await create(apify.context(), {
      actorId: "janedoe~by-hand",
      name: "prices",
      input: { a: 1 },
      options: { memoryMbytes: 512 },
      onDelete: "keep",
    });
    apify.emulator.clearRequests();
  });
  afterEach(() => apify.close());

  it("gives what is recorded when nothing was edited", async () => {
    assert.deepEqual(await read(apify.context(), state), state);
    assert.deepEqual(apify.writes(), []);
  });

  it("shows edits of what is declared in the words of the program, and keeps the rest", async () => {
    await apify.client.updateTask(state.facts.id, {
      name: "renamed",
      title: "Edited",
      input: { b: 2 },
      options: { memoryMbytes: 1024, maxItems: 5 },
    });
    const now = await read(apify.context(), state);
    assert.ok(now !== "gone");
    assert.deepEqual(now.args, {
      actorId: "janedoe~by-hand",
      name: "renamed",
      input: { b: 2 },
      options: { memoryMbytes: 1024 },
      onDelete: "keep",
    });
    assert.equal(now.facts.name, "renamed");
    assert.notEqual(now.facts.fingerprint, state.facts.fingerprint);
  });

  it("shows what was taken away as not there", async () => {
    await apify.client.updateTask(state.facts.id, { input: null, options: null });
    const now = await read(apify.context(), state);
    assert.ok(now !== "gone");
    assert.deepEqual([now.args.input, now.args.options], [undefined, { memoryMbytes: undefined }]);
  });

  it("says of a task that is gone that the next up creates it again", async () => {
    await apify.client.deleteTask(state.facts.id);
    const context = apify.context();
    assert.equal(await read(context, state), "gone");
    assert.deepEqual(context.lines, [
      `Task ${state.facts.id} is no longer on Apify. The next \`pulumi up\` creates it again, with a new id.`,
    ]);
  });

  it("keeps a task of another account as it is, and says so", async () => {
    const account = {
      client: apify.stranger,
      tokenFrom: "APIFY_TOKEN",
      baseUrl: apify.emulator.url,
      consoleUrl,
    };
    const context: TaskTestContext = { ...apify.context(), account: () => account };
    assert.equal(await read(context, state), state);
    assert.match(context.lines[0] ?? "", /belongs to another account.*kept unchanged/);
  });

  it("reads a task that nobody has recorded with all of its fields", async () => {
    const { id } = state.facts;
    await apify.client.updateTask(id, { title: "T", actorStandby: { isEnabled: true } });
    apify.emulator.clearRequests();
    const now = await readUnrecorded(apify.context(), {
      args: {} as TaskState["args"],
      facts: { id },
    });
    assert.deepEqual(now.args, {
      actorId: state.facts.actId,
      name: "prices",
      title: "T",
      input: { a: 1 },
      options: { memoryMbytes: 512 },
      actorStandby: { isEnabled: true },
    });
    assert.equal(now.facts.fingerprint, state.facts.fingerprint);
    assert.deepEqual(apify.writes(), []);
  });

  it("fails for a task that nobody has recorded and that is not there", async () => {
    const unrecorded: TaskState = { args: {} as TaskState["args"], facts: { id: "nothing" } };
    const { message } = await plainErrorOf(readUnrecorded(apify.context(), unrecorded));
    assert.match(
      message,
      /^Task nothing was not found on Apify\. Check the id, and that the token in APIFY_TOKEN belongs/,
    );
  });
});

describe("looking a recorded task up", () => {
  function played(...answers: readonly (Task | Error)[]): {
    readonly context: TaskTestContext;
    readonly calls: unknown[][];
  } {
    const { answer, calls } = inTurn(...answers);
    const getUser = (): Promise<{ id: string }> => Promise.resolve({ id: "user1" });
    return { context: taskContext(fakeClient({ getTask: answer, getUser })), calls };
  }

  it("looks again before a task counts as gone: some of Apify's data may lag", async () => {
    const { context, calls } = played(missing, missing, aTask());
    assert.notEqual(await read(context, aState()), "gone");
    assert.equal(calls.length, 3);
    assert.deepEqual(context.clock.sleeps, [1000, 2000]);
  });

  it("ends after three looks", async () => {
    const { context, calls } = played(missing, missing, missing);
    assert.equal(await read(context, aState()), "gone");
    assert.equal(calls.length, 3);
  });

  it("ends at once when the deployment is interrupted", async () => {
    const { context, calls } = played(missing);
    assert.equal(await read({ ...context, signal: AbortSignal.abort() }, aState()), "gone");
    assert.equal(calls.length, 1);
  });

  it("fails when Apify does not say whether the task is there", async () => {
    await assert.rejects(read(played(lostResponse).context, aState()), lostResponse);
    await assert.rejects(read(played(missing, lostResponse).context, aState()), lostResponse);
  });

  it("says gone of a task whose user the state does not know, or when the user cannot be read", async () => {
    const threeTimes = [missing, missing, missing] as const;
    assert.equal(
      await read(played(...threeTimes).context, aState({}, { userId: undefined })),
      "gone",
    );
    const client = fakeClient({ getTask: failing(missing), getUser: failing(lostResponse) });
    assert.equal(await read(taskContext(client), aState()), "gone");
  });
});
