import assert from "node:assert/strict";
import { message } from "../../../../provider/apify/message";
import { ProviderError } from "../../../../provider/resources/errors";
import { autoName } from "../../../../provider/resources/task/autoName";
import { check } from "../../../../provider/resources/task/check";
import { createTaskLedger } from "../../../../provider/resources/task/taskLedger";
import { fakeClient, owner, unknown } from "../../support/taskRuns";
import { aTask, failing, lostResponse, missing, quiet, taskContext } from "../../support/tasks";
import type { TaskTestContext } from "../../support/tasks";

const args = { actorId: "janedoe~by-hand", name: "scrape", input: { a: 1 } };

/** A context whose account has the Actor `actor1`, whatever it is named. */
function withActor(): TaskTestContext {
  return taskContext(fakeClient({ getActor: () => Promise.resolve({ id: "actor1" } as never) }));
}

async function namedBy(
  before: Record<string, unknown>,
  given: Record<string, unknown>,
  ledger = createTaskLedger(),
): Promise<unknown> {
  const result = await check(quiet({ ledger }), before, { ...given, account: unknown });
  assert.deepEqual(result.problems, []);
  return result.args.name;
}

describe("check of a Task", () => {
  it("hands on good arguments, with the id of the Actor", async () => {
    const { args: stored, problems } = await check(withActor(), {}, args);
    assert.deepEqual(stored, { ...args, actId: "actor1" });
    assert.deepEqual(problems, []);
  });

  it("stores the Actor in the form of the API", async () => {
    const { args: stored } = await check(withActor(), {}, { ...args, actorId: "janedoe/by-hand" });
    assert.equal(stored.actorId, "janedoe~by-hand");
  });

  it("does not change what it was given", async () => {
    const given = Object.freeze({ actorId: "janedoe/by-hand" });
    await check(withActor(), Object.freeze({}), given);
    assert.equal(given.actorId, "janedoe/by-hand");
  });

  it("says that the Actor is not there, and no more than that", async () => {
    const context = taskContext(fakeClient({ getActor: failing(missing) }));
    const { args: stored, problems } = await check(context, {}, args);
    assert.deepEqual(problems, []);
    assert.equal(stored.actId, undefined);
    assert.deepEqual(context.lines, [
      "Actor janedoe~by-hand was not found: it does not exist, or the token's account cannot see it.",
    ]);
  });

  it("says nothing of the Actor of a task that is adopted: that of another account may be hidden", async () => {
    const context = taskContext(fakeClient({ getActor: failing(missing) }));
    await check(context, {}, { ...args, adoptTaskId: "task1" });
    assert.deepEqual(context.lines, []);
  });

  it("fails for no request that fails", async () => {
    for (const before of [{}, { ...args, actorId: "other" }, { ...args, title: "A" }]) {
      const client = fakeClient({
        getActor: failing(lostResponse),
        getTask: failing(lostResponse),
      });
      const context = taskContext(client);
      const { args: stored, problems } = await check(context, before, args);
      assert.deepEqual([problems, context.lines], [[], []]);
      assert.deepEqual([stored.actId, stored.fingerprint], [undefined, undefined]);
    }
  });

  it("asks Apify nothing when nothing changed", async () => {
    const before = { ...args, actId: "actor1", fingerprint: "0123" };
    const { args: stored } = await check(quiet(), before, args);
    assert.deepEqual(stored, before);
  });

  it("does not keep what a damaged state has in the place of what it foresaw", async () => {
    const client = fakeClient({ getTask: () => Promise.resolve(aTask()) });
    const before = { ...args, actId: 5, fingerprint: ["x"] };
    const { args: stored } = await check(taskContext(client), before, args);
    assert.equal(stored.actId, undefined);
    assert.match(String(stored.fingerprint), /^[0-9a-f]{16}$/);
  });
});

describe("the name in check", () => {
  const automatic = autoName("prices", owner, undefined);

  it("is the given one", async () => {
    assert.equal(await namedBy({}, args), "scrape");
    assert.equal(await namedBy({ ...args, name: "old" }, args), "scrape");
  });

  it("is the resource's own for a new task without one", async () => {
    assert.equal(await namedBy({}, { actorId: "actor1" }), automatic);
  });

  it("is the one that the task has already", async () => {
    assert.equal(await namedBy({ actorId: "actor1", name: "old" }, { actorId: "actor1" }), "old");
  });

  it("is none for a task that is adopted, which keeps its own", async () => {
    const adopting = { actorId: "actor1", adoptTaskId: "task1" };
    assert.equal(await namedBy({}, adopting), undefined);
    assert.equal(await namedBy(adopting, { actorId: "actor1" }), undefined);
  });

  it("is another one for a replacement, and the same each time", async () => {
    const ledger = createTaskLedger();
    const before = { actorId: "actor1", name: automatic };
    assert.equal(await namedBy(before, { actorId: "actor2" }, ledger), automatic);
    const replacement = await namedBy({}, { actorId: "actor2" }, ledger);
    assert.equal(replacement, autoName("prices", owner, automatic));
    assert.equal(await namedBy({}, { actorId: "actor2" }, ledger), replacement);
  });

  it("is free again when the task is gone", async () => {
    const ledger = createTaskLedger();
    await namedBy({ actorId: "actor1", name: automatic }, { actorId: "actor1" }, ledger);
    ledger.recordExisting(owner, "missing");
    assert.equal(await namedBy({}, { actorId: "actor1" }, ledger), automatic);
  });
});

describe("the problems that check finds", () => {
  async function problemsOf(given: Record<string, unknown>): Promise<Record<string, string>> {
    const { problems } = await check(quiet(), {}, { ...args, account: unknown, ...given });
    const properties = problems.map(({ property }) => property);
    assert.equal(new Set(properties).size, properties.length, "one for each property");
    return Object.fromEntries(problems.map(({ property, reason }) => [property, reason]));
  }

  const single: readonly (readonly [
    property: string,
    given: Record<string, unknown>,
    reason: RegExp,
  ])[] = [
    ["actorId", { actorId: undefined }, /^is required: the id of an Actor or/],
    ["actorId", { actorId: 5 }, /the id of an Actor or/],
    ["actorId", { actorId: "" }, /^must be the id of an Actor or/],
    ["actorId", { actorId: "a/b/c" }, /^must be the id of an Actor or/],
    ["actorId", { actorId: "https://apify.com/janedoe/x" }, /^must be the id of an Actor or/],
    ["name", { name: "" }, /3 to 63 characters/],
    ["name", { name: "ab" }, /3 to 63 characters/],
    ["name", { name: "x".repeat(64) }, /3 to 63 characters/],
    ["name", { name: "-scrape" }, /no hyphen at the beginning/],
    ["name", { name: "scrape-" }, /no hyphen at the beginning/],
    ["name", { name: "my scrape" }, /letters, digits and hyphens/],
    ["name", { name: 5 }, /must be a string/],
    ["title", { title: 5 }, /must be a string, the title of the task/],
    ["description", { description: [] }, /must be a string, the description of the task/],
    ["input", { input: [] }, /^must be a JSON object/],
    ["input", { input: "{}" }, /^must be a JSON object/],
    ["input", { input: { a: "x".repeat(9_437_184) } }, /^is \d+ bytes of JSON/],
    ["options", { options: 5 }, /^must be an object such as/],
    ["options.memoryMbytes", { options: { memoryMbytes: 1000 } }, /power of 2/],
    ["options.timeoutSecs", { options: { timeoutSecs: -1 } }, /0 or more/],
    ["options.maxItems", { options: { maxItems: 0 } }, /omit it for no limit/],
    ["options.maxTotalChargeUsd", { options: { maxTotalChargeUsd: 0 } }, /omit it for no limit/],
    ["options.build", { options: { build: 0.1 } }, /in quotes/],
    ["options.memory", { options: { memory: 512 } }, /is not a known property/],
    ["actorStandby", { actorStandby: true }, /^must be an object such as/],
    ["actorStandby.idleTimeoutSecs", { actorStandby: { idleTimeoutSecs: 0.5 } }, /whole number/],
    ["actorStandby.isEnabled", { actorStandby: { isEnabled: "yes" } }, /true or false/],
    ["onDelete", { onDelete: "purge" }, /^must be "delete" .* or "keep"/],
    ["adoptTaskId", { adoptTaskId: "janedoe~scrape" }, /id of a task, letters and digits only/],
    ["account", { account: "" }, /name of an account/],
    ["inptu", { inptu: {} }, /is not a known property/],
    ["memoryMbytes", { memoryMbytes: 512 }, /is not a known property/],
  ];
  for (const [property, given, reason] of single) {
    it(`are one of ${property} for ${JSON.stringify(given).slice(0, 60)}`, async () => {
      const problems = await problemsOf(given);
      assert.deepEqual(Object.keys(problems), [property]);
      assert.match(problems[property] ?? "", reason);
    });
  }

  it("are found all at once, one for each property, and nothing is sent", async () => {
    const problems = await problemsOf({
      actorId: "",
      name: "-",
      title: 5,
      input: [],
      options: { memoryMbytes: 1, maxItems: 0.5, more: 1 },
      onDelete: true,
      other: 1,
    });
    assert.deepEqual(Object.keys(problems).sort(), [
      "actorId",
      "input",
      "name",
      "onDelete",
      "options.maxItems",
      "options.memoryMbytes",
      "options.more",
      "other",
      "title",
    ]);
  });

  it("are none in what is not known yet, at any depth", async () => {
    for (const given of [
      { actorId: unknown },
      { name: unknown, title: unknown, description: unknown, adoptTaskId: unknown },
      { input: unknown, options: unknown, actorStandby: unknown, onDelete: unknown },
      { input: { a: [{ b: unknown }] } },
      { options: { memoryMbytes: unknown, maxItems: unknown } },
      { actorStandby: { isEnabled: unknown } },
    ]) {
      assert.deepEqual(await problemsOf(given), {});
    }
    assert.deepEqual(Object.keys(await problemsOf({ options: { build: unknown, maxItems: 0 } })), [
      "options.maxItems",
    ]);
  });

  it("name a problem of the configuration under no property, beside those of the arguments", async () => {
    const context: TaskTestContext = {
      ...quiet(),
      account: () => {
        throw new ProviderError(message`There is no token.`);
      },
    };
    const { problems } = await check(context, {}, { ...args, title: 5 });
    assert.deepEqual(
      problems.map(({ property }) => property),
      ["title", ""],
    );
    assert.equal(problems[1]?.reason, "There is no token.");
  });
});
