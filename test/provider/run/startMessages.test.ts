import assert from "node:assert/strict";
import { adviceOn } from "../../../provider/apify/advice";
import { ApifyError, ApifyNoResponseError } from "../../../provider/apify/errors";
import {
  interrupted,
  interruptedRefusal,
  searchFailed,
  notReusedLine,
  refusal,
} from "../../../provider/run/startMessages";
import { shortRun } from "../support/runs";
import type { RequestError } from "../../../provider/apify/errors";
import type { Tried } from "../../../provider/run/sendUntilAccepted";

const place = { method: "POST", path: "/v2/actor-tasks/janedoe~scrape/runs" };
const task = { actorTaskId: "janedoe~scrape", build: "nightly" };
const once: Tried = { attempts: 1, secs: 0, limitSecs: 300 };
type Cause = ApifyError | ApifyNoResponseError;

function answer(status: number, type: string, retryAfterMillis?: number): ApifyError {
  const body = { type, message: "Apify's own words.", data: undefined };
  return new ApifyError(place, status, body, retryAfterMillis);
}

function refused(error: Cause, tried: Tried = once) {
  return { outcome: "refused", error, tried } as const;
}

const unreachable = new ApifyNoResponseError(place, "unreachable", "ECONNREFUSED");

/** Refusals that do not pass, and what of the advice differs between a start and the search before it. */
const finals: readonly (readonly [
  what: string,
  error: ApifyError,
  forStart: RegExp,
  forLook: RegExp,
])[] = [
  [
    "a token that is not accepted",
    answer(401, "user-or-token-not-found"),
    /^Check the token in apify:token/,
    /^Check the token in apify:token/,
  ],
  [
    "a token that may not do this",
    answer(403, "insufficient-permissions"),
    /^The token in .* needs "Read" and "View runs" on the task, "Run" and "View runs" on its Actor, .* Set .*\/settings\/integrations$/,
    /^The token is not permitted to list the task's runs, and without that list the task might run twice\. The token in .* needs "Read" and "View runs" on the task/,
  ],
  [
    "a task that is not there",
    answer(404, "record-not-found"),
    /^Check `actorTaskId` "janedoe~scrape", and that the account that the token in apify:token .*belongs to/,
    /^Check `actorTaskId` "janedoe~scrape", and that the account that the token in apify:token .*belongs to/,
  ],
  [
    "a build that is not there",
    answer(403, "unknown-build-tag"),
    /^The Actor has no build "nightly"\. Set `build` to a tag or number that the Actor has\.$/,
    /^The Actor has no build "nightly"/,
  ],
];

describe("what is said of a refused start", () => {
  for (const [what, error, advice] of finals) {
    it(`is that nothing was started, what Apify said, and what to do about ${what}`, () => {
      const [first, second, ...others] = refusal(refused(error), task).split("\n");
      assert.equal(first, `Nothing was started. ${error.message}`);
      assert.match(second ?? "", advice);
      assert.deepEqual(others, []);
    });
  }

  it("is how the name of a task of one's own is written, when one without an owner is not there", () => {
    const message = refusal(refused(answer(404, "record-not-found")), { actorTaskId: "scrape" });
    assert.ok(
      message.endsWith(
        ' "scrape" is read as the id of a task. If it is a name, write "~scrape" for a task of your own, or "username~scrape".',
      ),
      message,
    );
  });

  it("is that the missing build is the task's own when none was set", () => {
    const message = refusal(refused(answer(400, "unknown-build-tag")), { actorTaskId: "x" });
    assert.ok(
      message.endsWith(
        "\nThe Actor does not have the build that the task uses. Correct the task, or set `build` to a tag or number that the Actor has.",
      ),
    );
  });

  const long = { attempts: 9, secs: 270, limitSecs: 300 };

  for (const tried of [long, { ...once, limitSecs: 0 }]) {
    it(`is for how long it was tried where there was no room within ${tried.limitSecs} s`, () => {
      const error = answer(402, "memory-limit-exceeded");
      const [first, second] = refusal(refused(error, tried), task).split("\n");
      const upTo = `within ${tried.limitSecs} s (\`startWaitSecs\`)`;
      assert.equal(first, `Nothing was started ${upTo}. ${error.message}`);
      assert.match(
        second ?? "",
        /^Wait until other runs of the account have ended, lower `memoryMbytes`/,
      );
    });
  }

  it("is that Apify requested a longer pause than was left, after what was really tried", () => {
    const error = answer(429, "rate-limit-exceeded", 600_000);
    const message = refusal(refused(error, { attempts: 2, secs: 2, limitSecs: 300 }), task);
    assert.deepEqual(message.split("\n").slice(0, 3), [
      `Nothing was started. ${error.message}`,
      "pulumi-apify tried 2 times in 2 s. Apify then asked it to wait 600 s, which is longer than what is left of `startWaitSecs` (300 s).",
      "Raise `startWaitSecs` to 662 or more.",
    ]);
  });

  it("is for how long it was tried when Apify requested a pause that was shorter than what was left", () => {
    const said = (secs: number): string =>
      refusal(refused(answer(429, "rate-limit-exceeded", secs * 1000), long), task);
    assert.match(said(29), /^Nothing was started within 300 s/);
    for (const secs of [30, 100]) {
      assert.match(said(secs), new RegExp(`Apify then asked it to wait ${secs} s`));
    }
  });

  it("is not to wait for ever, when Apify asks for that", () => {
    const message = refusal(refused(answer(429, "rate-limit-exceeded", Infinity)), task);
    assert.match(message, /pulumi-apify tried once\. Apify then asked it to wait/);
    assert.doesNotMatch(message, /Raise startWaitSecs/);
  });

  it("is how often a connection was tried", () => {
    const tried = { attempts: 8, secs: 110, limitSecs: 120 };
    const [first, second, third] = refusal(refused(unreachable, tried), task).split("\n");
    assert.equal(first, `Nothing was started. ${unreachable.message}`);
    assert.equal(second, "pulumi-apify tried 8 times in 110 s.");
    assert.match(third ?? "", /^Check apify:baseUrl/);
  });

  it("is to let other runs end for lack of room, and not for the rate of requests", () => {
    const room = refusal(refused(answer(402, "concurrent-runs-limit-exceeded"), long), task);
    const rate = refusal(refused(answer(429, "rate-limit-exceeded"), long), task);
    assert.match(room, /Wait until other runs of the account have ended/);
    assert.doesNotMatch(rate, /other runs/);
    assert.match(rate, /--parallel/);
  });

  it("is what Apify said last when the deployment was interrupted", () => {
    assert.equal(interrupted, "The deployment was interrupted; nothing was started.");
    assert.equal(
      interruptedRefusal(refused(unreachable)),
      `${interrupted} ${unreachable.message}.`,
    );
  });
});

describe("what is said of a search that failed", () => {
  const notChecked =
    "Nothing was started, because pulumi-apify could not check whether this run already exists.";

  for (const [what, error, , advice] of finals) {
    it(`is what to do about ${what}`, () => {
      const [first, second] = searchFailed(error, task).split("\n");
      assert.equal(first, `Nothing was started. ${error.message}`);
      assert.match(second ?? "", advice);
    });
  }

  const passing: readonly RequestError[] = [
    ...[408, 429, 500, 503].map((status) => answer(status, "t")),
    unreachable,
    new ApifyNoResponseError(place, "noResponse", "reset"),
    new ApifyNoResponseError(place, "unreadable", "not JSON"),
    new ApifyNoResponseError(place, "unreachable", "CERT_HAS_EXPIRED", {
      fault: "certificateDate",
    }),
  ];
  for (const error of passing) {
    it(`is that it could not be checked whether the run exists: ${error.message}`, () => {
      const [first, second] = searchFailed(error, task).split("\n");
      assert.equal(first, `${notChecked} ${error.message}`);
      assert.equal(second, adviceOn(error));
      assert.notEqual(second, "");
    });
  }

  for (const status of [407, 409, 428, 430, 499]) {
    it(`is final after ${status}`, () => {
      const error = answer(status, "t");
      assert.ok(searchFailed(error, task).startsWith(`Nothing was started. ${error.message}\n`));
    });
  }

  it("makes do with anything thrown", () => {
    assert.equal(searchFailed(new Error("boom"), task), `${notChecked} boom`);
    assert.equal(searchFailed("boom", task), `${notChecked} boom`);
    const notApifys = Object.assign(new Error("boom"), { status: 404 });
    assert.equal(searchFailed(notApifys, task), `${notChecked} boom`);
  });
});

describe("what is said of a run that is passed over", () => {
  it("is what became of it", () => {
    assert.equal(
      notReusedLine(shortRun("r", { status: "FAILED", startedAt: "2026-01-01T00:00:00Z" })),
      "Run r was started at 2026-01-01T00:00:00Z with the same arguments, and ended with status FAILED. Starting another run.",
    );
  });

  it("is how to have it all the same when it succeeded", () => {
    assert.equal(
      notReusedLine(shortRun("r", { status: "SUCCEEDED", startedAt: null })),
      'Run r was started earlier with the same arguments, and ended with status SUCCEEDED. Starting another run, because an earlier deployment may have used that one already, or its data may be too old. To use it instead, set `adoptRunId` to "r" before the next `pulumi up`.',
    );
  });
});
