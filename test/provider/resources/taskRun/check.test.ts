import assert from "node:assert/strict";
import { message } from "../../../../provider/apify/message";
import { check } from "../../../../provider/resources/taskRun/check";
import { ProviderError } from "../../../../provider/resources/errors";
import { fakeClient, testContext, unknown } from "../../support/taskRuns";
import type { TestContext } from "../../support/taskRuns";

const args = { actorTaskId: "janedoe~scrape", input: { a: 1 }, memoryMbytes: 1024 };

/** A context that sends nothing: every call of its client would fail. */
function quiet(): TestContext {
  return testContext(fakeClient());
}

describe("check", () => {
  it("hands on good arguments as they are", async () => {
    assert.deepEqual(await check(quiet(), {}, args), { args, problems: [] });
  });

  for (const [given, stored] of [
    ["janedoe/scrape", "janedoe~scrape"],
    ["/scrape", "~scrape"],
    ["janedoe~scrape", "janedoe~scrape"],
    ["KJHSKHausidyaJKHs", "KJHSKHausidyaJKHs"],
  ]) {
    it(`stores the task ${given ?? ""} as ${stored ?? ""}`, async () => {
      const result = await check(quiet(), {}, { actorTaskId: given });
      assert.deepEqual(result, { args: { actorTaskId: stored }, problems: [] });
    });
  }

  it("hands on what is not known yet", async () => {
    const given = { actorTaskId: unknown, input: { a: unknown } };
    assert.deepEqual(await check(quiet(), {}, given), { args: given, problems: [] });
  });

  it("reports a task that is no text, and hands it on", async () => {
    const { args: stored, problems } = await check(quiet(), {}, { actorTaskId: 5 });
    assert.deepEqual(stored, { actorTaskId: 5 });
    assert.deepEqual(
      problems.map(({ property }) => property),
      ["actorTaskId"],
    );
  });

  it("does not change what it was given", async () => {
    const given = Object.freeze({ actorTaskId: "janedoe/scrape" });
    await check(quiet(), {}, given);
    assert.equal(given.actorTaskId, "janedoe/scrape");
  });

  it("reports a problem of the configuration under no property, beside those of the arguments", async () => {
    const context = {
      ...quiet(),
      account: () => {
        throw new ProviderError(message`There is no token.`);
      },
    };
    const { problems } = await check(context, {}, { ...args, memoryMbytes: 5 });
    assert.deepEqual(
      problems.map(({ property }) => property),
      ["memoryMbytes", ""],
    );
    assert.equal(problems[1]?.reason, "There is no token.");
  });
});

describe("the line about what takes effect at the next run", () => {
  const changes: readonly (readonly [string, Record<string, unknown>, string | undefined])[] = [
    ["nothing changed", args, undefined],
    ["the memory changed", { ...args, memoryMbytes: 2048 }, "memoryMbytes"],
    ["the timeout was given", { ...args, timeoutSecs: 60 }, "timeoutSecs"],
    ["restartOnError was given", { ...args, restartOnError: false }, "restartOnError"],
    ["webhooks were given", { ...args, webhooks: [] }, "webhooks"],
    [
      "several changed",
      { ...args, memoryMbytes: undefined, timeoutSecs: 60 },
      "timeoutSecs, memoryMbytes",
    ],
    ["a run follows at once", { ...args, memoryMbytes: 2048, build: "beta" }, undefined],
    ["only the waits changed", { ...args, waitSecs: 0, startWaitSecs: 5 }, undefined],
    ["only onDelete changed", { ...args, onDelete: "keep" }, undefined],
    ["another run is used at once", { ...args, build: "beta", adoptRunId: "run1" }, undefined],
    ["the new value is not known yet", { ...args, memoryMbytes: unknown }, undefined],
    ["the new value is bad", { ...args, memoryMbytes: 5 }, undefined],
  ];
  for (const [what, after, named] of changes) {
    it(`${named === undefined ? "does not appear" : `names ${named}`} when ${what}`, async () => {
      const context = quiet();
      await check(context, args, after);
      const line = `The change to ${named?.replace(/\w+/g, "`$&`") ?? ""} takes effect with the next run of the task; it does not start one.`;
      assert.deepEqual(context.lines, named === undefined ? [] : [line]);
    });
  }

  it("does not appear for a new resource", async () => {
    const context = quiet();
    await check(context, {}, args);
    assert.deepEqual(context.lines, []);
  });

  it("does not appear when only the order of keys in a webhook changed", async () => {
    const eventTypes = ["ACTOR.RUN.SUCCEEDED"];
    const requestUrl = "https://hook.example";
    const context = quiet();
    const before = { ...args, webhooks: [{ eventTypes, requestUrl }] };
    await check(context, before, { ...args, webhooks: [{ requestUrl, eventTypes }] });
    assert.deepEqual(context.lines, []);
  });
});

describe("the line about what counts once adoptRunId is taken out", () => {
  const before = { ...args, adoptRunId: "run1" };
  const held = (names: string): string =>
    `The change to ${names.replace(/\w+/g, "`$&`")} does not start a run while \`adoptRunId\` is set. It takes effect once \`adoptRunId\` is removed.`;
  const later = (names: string): string =>
    `The change to ${names.replace(/\w+/g, "`$&`")} takes effect with the next run of the task; it does not start one.`;

  const changes: readonly (readonly [string, Record<string, unknown>, readonly string[]])[] = [
    ["nothing changed", before, []],
    ["the input changed", { ...before, input: { a: 2 } }, [held("input")]],
    ["the input was taken away", { ...before, input: undefined }, [held("input")]],
    [
      "several changed",
      { ...before, build: "beta", input: {}, idempotencyKey: "commit 1" },
      [held("input, build, idempotencyKey")],
    ],
    [
      "an argument of the next run changed as well",
      { ...before, input: {}, memoryMbytes: 2048 },
      [held("input"), later("memoryMbytes")],
    ],
    ["only the memory changed", { ...before, memoryMbytes: 2048 }, [later("memoryMbytes")]],
    ["the new input is not known yet", { ...before, input: { a: unknown } }, []],
    [
      "another new value is not known yet",
      { ...before, input: unknown, build: "beta" },
      [held("build")],
    ],
    ["the new value is bad", { ...before, build: "" }, []],
    ["another run is named", { ...before, adoptRunId: "run2", input: {} }, []],
    ["the named run is not known yet", { ...before, adoptRunId: unknown, input: {} }, []],
    ["it is taken out", { ...args, input: {} }, []],
  ];
  for (const [what, after, lines] of changes) {
    it(`${lines.length === 0 ? "does not appear" : "appears"} when ${what}`, async () => {
      const context = quiet();
      await check(context, before, after);
      assert.deepEqual(context.lines, lines);
    });
  }

  it("does not appear when adoptRunId is new", async () => {
    const context = quiet();
    await check(context, args, { ...before, input: {} });
    assert.deepEqual(context.lines, []);
  });
});
