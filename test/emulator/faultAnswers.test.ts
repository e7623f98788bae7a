import assert from "node:assert/strict";
import { faultAnswers } from "../../emulator";
import { closeEmulatorsAfterEach } from "./support/emulator";
import { startWithFault } from "./support/startWithFault";
import type { FaultAnswer } from "../../emulator";

describe("a fault that answers", () => {
  closeEmulatorsAfterEach();

  const { rateLimited, memoryLimitExceeded, concurrentRunsExceeded } = faultAnswers;
  const { serverError, requestTimeout, htmlPage, redirect, hugeError } = faultAnswers;

  const cases: [string, FaultAnswer, number, number, RegExp][] = [
    ["429", rateLimited("7"), 429, 0, /"rate-limit-exceeded"/],
    ["402 for memory", memoryLimitExceeded(), 402, 0, /"actor-memory-limit-exceeded"/],
    ["402 for runs", concurrentRunsExceeded(), 402, 0, /"concurrent-runs-limit-exceeded"/],
    ["500 with effect", serverError("done"), 500, 1, /"internal-server-error"/],
    ["500 without", serverError("none"), 500, 0, /"internal-server-error"/],
    ["408 with effect", requestTimeout("done"), 408, 1, /"error"/],
    ["a page", htmlPage(502, "done"), 502, 1, /^<html>/],
    ["a redirect", redirect("http://elsewhere/"), 302, 0, /^$/],
    ["a huge error", hugeError(10_000_000), 500, 0, /x{1000}/],
    [
      "anything",
      { kind: "answer", work: "none", status: 418, type: "t", message: "m", data: { a: 1 } },
      418,
      0,
      /"data": \{\s*"a": 1/,
    ],
  ];
  for (const [name, fault, status, runs, body] of cases) {
    it(`sends ${name}`, async () => {
      const under = await startWithFault(fault);
      assert.deepEqual([under.reply.status, under.runs], [status, runs]);
      assert.match(under.reply.body, body);
      assert.equal(under.reply.headers.date, "Thu, 01 Jan 2026 00:00:00 GMT");
      assert.equal(under.emulator.requests[0]?.status, status);
    });
  }

  it("sends its own headers, even Date", async () => {
    const headers = { "retry-after": "x", date: "then" };
    const { reply } = await startWithFault({ kind: "answer", work: "none", status: 503, headers });
    assert.deepEqual([reply.headers["retry-after"], reply.headers.date], ["x", "then"]);
    const limited = await startWithFault(rateLimited("7"));
    assert.equal(limited.reply.headers["retry-after"], "7");
  });
});
