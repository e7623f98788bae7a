import assert from "node:assert/strict";
import { propertyPath, validate } from "../../../provider/resources/validate";
import { argsSchema, argumentNames } from "../../../provider/resources/taskRun/argumentTable";
import { examples, webhook } from "../support/argumentExamples";
import { isUnknown, unknown } from "../support/taskRuns";
import type { Problem } from "../../../provider/resources/validate";

const actorTaskId = "janedoe~scrape";

function problemsOf(args: Record<string, unknown>): readonly Problem[] {
  return validate(argsSchema, { actorTaskId, ...args }, isUnknown);
}

describe("the validation of arguments", () => {
  for (const name of argumentNames) {
    for (const value of examples[name].good) {
      it(`takes ${JSON.stringify(value)} as ${name}`, () => {
        assert.deepEqual(problemsOf({ [name]: value }), []);
      });
    }

    for (const [value, reason] of examples[name].bad) {
      it(`refuses ${JSON.stringify(value)} as ${name}`, () => {
        const [problem, ...others] = problemsOf({ [name]: value });
        assert.deepEqual(others, []);
        assert.equal(problem?.property, name);
        assert.ok(problem.reason.includes(reason), problem.reason);
      });
    }

    it(`takes an unknown ${name}`, () => {
      assert.deepEqual(problemsOf({ [name]: unknown }), []);
    });
  }

  it("names the status that no run ends with, by its place", () => {
    const [problem, ...others] = problemsOf({ acceptStatuses: ["SUCCEEDED", "RUNNING"] });
    assert.deepEqual(others, []);
    assert.equal(problem?.property, "acceptStatuses[1]");
    assert.match(problem.reason, /SUCCEEDED, FAILED, TIMED-OUT or ABORTED/);
  });

  it("asks for the task when there is none", () => {
    assert.deepEqual(
      validate(argsSchema, {}, isUnknown).map(({ property }) => property),
      ["actorTaskId"],
    );
  });

  const badWebhooks: readonly (readonly [unknown, string, string])[] = [
    [{ requestUrl: webhook.requestUrl }, "webhooks[0].eventTypes", "must be a list such as"],
    [{ ...webhook, eventTypes: [] }, "webhooks[0].eventTypes", "at least one event"],
    [{ ...webhook, eventTypes: ["SUCCEEDED"] }, "webhooks[0].eventTypes[0]", "ACTOR.RUN.SUCCEEDED"],
    [{ ...webhook, requestUrl: "ftp://x" }, "webhooks[0].requestUrl", "http(s) URL"],
    [{ ...webhook, requestUrl: "not a url" }, "webhooks[0].requestUrl", "http(s) URL"],
    [{ ...webhook, payloadTemplate: {} }, "webhooks[0].payloadTemplate", "must be a string"],
    [{ ...webhook, headersTemplate: 1 }, "webhooks[0].headersTemplate", "must be a string"],
    [{ ...webhook, idempotencyKey: 1 }, "webhooks[0].idempotencyKey", "must be a string"],
    [{ ...webhook, doNotRetry: "no" }, "webhooks[0].doNotRetry", "true or false"],
    [{ ...webhook, ignoreSslErrors: 0 }, "webhooks[0].ignoreSslErrors", "true or false"],
    [
      { ...webhook, shouldInterpolateStrings: "" },
      "webhooks[0].shouldInterpolateStrings",
      "true or false",
    ],
    [{ ...webhook, url: "x" }, "webhooks[0].url", "is not a known property"],
    ["https://hook.example", "webhooks[0]", "must be a webhook"],
  ];
  for (const [value, property, reason] of badWebhooks) {
    it(`refuses the webhook ${JSON.stringify(value)}`, () => {
      const [problem, ...others] = problemsOf({ webhooks: [value] });
      assert.deepEqual(others, []);
      assert.equal(problem?.property, property);
      assert.ok(problem.reason.includes(reason), problem.reason);
    });
  }

  it("takes the largest input that Apify takes, in bytes, and no larger one", () => {
    const limit = 9_437_184;
    const frame = Buffer.byteLength(JSON.stringify({ text: "" }));
    const twoBytes = "é".repeat((limit - frame) / 2);
    assert.equal((limit - frame) % 2, 1);
    assert.deepEqual(problemsOf({ input: { text: `${twoBytes}x` } }), []);
    const [problem] = problemsOf({ input: { text: `${twoBytes}é` } });
    assert.equal(problem?.property, "input");
    assert.ok(problem.reason.startsWith(`is ${limit + 1} bytes of JSON`), problem.reason);
  });

  for (const name of ["input", "triggers"] as const) {
    it(`takes ${name} of 200 lists and objects inside one another, and no deeper one`, () => {
      const nested = (levels: number): unknown => {
        let value: unknown = 1;
        for (let level = 1; level < levels; level++) value = level % 2 === 0 ? [value] : { value };
        return name === "input" ? { value } : [value];
      };
      assert.deepEqual(problemsOf({ [name]: nested(200) }), []);
      for (const levels of [201, 5_000, 100_000]) {
        const [problem, ...others] = problemsOf({ [name]: nested(levels) });
        assert.deepEqual(others, []);
        assert.equal(problem?.property, name);
        assert.match(problem.reason, /^nests lists and objects more than 200 levels deep/);
      }
    });
  }

  it("writes paths as a program would, and cuts them where they are long", () => {
    assert.equal(
      propertyPath(["input", "startUrls", 0, "max depth"]),
      'input.startUrls[0]["max depth"]',
    );
    assert.equal(propertyPath(["0"]), "0");
    assert.equal(propertyPath(["input", "\ud83d\n"]), 'input["\\ud83d\\n"]');
    const cut = propertyPath(["input", "😀".repeat(300)]);
    assert.equal(cut, `input["${"😀".repeat(193)}…`);
  });

  it("finds all problems at once, one for each property", () => {
    const problems = problemsOf({
      actorTaskId: 5,
      input: [],
      timeoutSecs: -1.5,
      memoryMbytes: 1000,
      webhooks: [webhook, { eventTypes: ["X", "ACTOR.RUN.FAILED"], requestUrl: 5 }],
      nonsense: 1,
    });
    assert.deepEqual(problems.map(({ property }) => property).sort(), [
      "actorTaskId",
      "input",
      "memoryMbytes",
      "nonsense",
      "timeoutSecs",
      "webhooks[1].eventTypes[0]",
      "webhooks[1].requestUrl",
    ]);
  });

  it("takes values that are not known yet at any depth", () => {
    const problems = problemsOf({
      input: { startUrls: [{ url: unknown }], more: unknown },
      triggers: [unknown, { x: unknown }],
      webhooks: [
        unknown,
        { eventTypes: unknown, requestUrl: unknown },
        { eventTypes: [unknown], requestUrl: "https://hook.example", doNotRetry: unknown },
      ],
    });
    assert.deepEqual(problems, []);
  });

  it("still finds the problems beside a value that is not known yet", () => {
    const problems = problemsOf({
      memoryMbytes: unknown,
      timeoutSecs: -1,
      webhooks: [{ eventTypes: [unknown, "X"], requestUrl: "https://hook.example" }],
    });
    assert.deepEqual(
      problems.map(({ property }) => property),
      ["timeoutSecs", "webhooks[0].eventTypes[1]"],
    );
  });

  const misspelt: readonly (readonly [string, string | undefined])[] = [
    ["memory", "memoryMbytes"],
    ["timeout", "timeoutSecs"],
    ["MaxItems", "maxItems"],
    ["memory_mbytes", "memoryMbytes"],
    ["inputs", "input"],
    ["taskId", "actorTaskId"],
    ["schedule", undefined],
    ["0", undefined],
  ];
  for (const [name, suggestion] of misspelt) {
    it(`refuses the argument ${name} and suggests ${suggestion ?? "nothing"}`, () => {
      const reason =
        suggestion === undefined
          ? "is not a known property; check its spelling"
          : `is not a known property; did you mean \`${suggestion}\`?`;
      assert.deepEqual(problemsOf({ [name]: 5 }), [{ property: name, reason }]);
    });
  }

  it("refuses an argument that does not exist even when its value is not known yet", () => {
    assert.equal(problemsOf({ memory: unknown })[0]?.property, "memory");
  });
});
