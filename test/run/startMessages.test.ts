import assert from "node:assert/strict";
import { ApifyError, ApifyNoAnswerError } from "../../provider/apify/errors";
import {
  ambiguous,
  interrupted,
  interruptedRefusal,
  lookFailed,
  passedOverLine,
  refusal,
} from "../../provider/run/startMessages";
import { shortRun } from "./support";
import type { Obstacle } from "../../provider/apify/obstacle";

const place = { method: "POST", path: "/v2/actor-tasks/janedoe~scrape/runs" };
const task = { actorTaskId: "janedoe~scrape", build: "nightly" };
type Cause = ApifyError | ApifyNoAnswerError;

function answer(status: number, type: string, data?: unknown): ApifyError {
  return new ApifyError(place, status, { type, message: "Apify's own words.", data });
}

function obstacle(kind: Obstacle["kind"]): Obstacle {
  return { kind, reason: "why", askedMillis: undefined };
}

function refused(error: Cause, kind?: Obstacle["kind"]) {
  const inTheWay = kind === undefined ? undefined : obstacle(kind);
  return { outcome: "refused", error, obstacle: inTheWay } as const;
}

const unreachable = new ApifyNoAnswerError(place, "unreachable", "ECONNREFUSED");
const network = "Check apify:baseUrl (or APIFY_API_BASE_URL) and the network.";

/** What to do about each refusal; nothing is known for the last. */
const remedies: readonly (readonly [what: string, error: Cause, remedy: string])[] = [
  [
    "a token that is not accepted",
    answer(401, "user-or-token-not-found"),
    "Check apify:token (or APIFY_TOKEN).",
  ],
  [
    "a token that may not run the task",
    answer(403, "insufficient-permissions"),
    "The token needs Run on the task's Actor and Read on the task.",
  ],
  [
    "an Actor that must be approved",
    answer(403, "full-permission-actor-not-approved", { approvalUrl: "https://c.example/x" }),
    "Approve the Actor's permissions: https://c.example/x",
  ],
  [
    "an approval without an address",
    answer(403, "full-permission-actor-not-approved", { approvalUrl: null }),
    "Check what the token of apify:token (or APIFY_TOKEN) may do.",
  ],
  [
    "a task that is not there",
    answer(404, "record-not-found"),
    'Check actorTaskId "janedoe~scrape", and that the account of apify:token (or APIFY_TOKEN) can see this task.',
  ],
  [
    "a tag that no build has",
    answer(400, "unknown-build-tag"),
    'Check build "nightly": the Actor has no such build.',
  ],
  [
    "a build that is not there",
    answer(400, "build-not-found"),
    'Check build "nightly": the Actor has no such build.',
  ],
  ["anything else", answer(400, "invalid-input"), ""],
];

describe("what is said of a refused start", () => {
  for (const [what, error, remedy] of [
    ...remedies,
    ["no connection", unreachable, network],
  ] as const) {
    it(`is that nothing was started, what Apify said, and what to do about ${what}`, () => {
      const message = `Nothing was started. ${error.message}${remedy === "" ? "" : `\n${remedy}`}`;
      assert.equal(refusal(refused(error), task, 60), message);
      assert.equal(refusal(refused(error, "trouble"), task, 60), message);
    });
  }

  it("is how the name of a task of one's own is written, when one without an owner is not there", () => {
    const message = refusal(
      refused(answer(404, "record-not-found")),
      { actorTaskId: "scrape" },
      60,
    );
    assert.ok(message.endsWith(' The name of a task of your own is written "~scrape".'), message);
  });

  it("is that the missing build is the task's own when none was asked for", () => {
    const message = refusal(refused(answer(400, "unknown-build-tag")), { actorTaskId: "x" }, 60);
    assert.ok(message.endsWith(`\nCheck build "(the task's own)": the Actor has no such build.`));
  });

  for (const kind of ["capacity", "rate"] as const) {
    it(`is how long it was tried, and what makes room, for ${kind}`, () => {
      const error = answer(402, "memory-limit-exceeded");
      assert.equal(
        refusal(refused(error, kind), task, 600),
        [
          `Nothing was started, although it was tried for up to 600 s (startWaitSecs). ${error.message}`,
          "Let other runs end, or raise startWaitSecs or the account's limits, and run `pulumi up` again.",
        ].join("\n"),
      );
    });
  }

  it("is what Apify said last when the deployment was interrupted", () => {
    assert.equal(interrupted, "The deployment was interrupted; nothing was started.");
    assert.equal(interruptedRefusal(refused(unreachable)), `${interrupted} ${unreachable.message}`);
  });
});

describe("what is said of a look that failed", () => {
  const notSeen =
    "Nothing was started, because it could not be seen whether the run is there already.";

  for (const [what, error, remedy] of remedies) {
    it(`is what would be said of the start: ${what}`, () => {
      const message = `Nothing was started. ${error.message}${remedy === "" ? "" : `\n${remedy}`}`;
      assert.equal(lookFailed(error, task), message);
    });
  }

  for (const status of [408, 429, 500, 503]) {
    it(`is that it could not be seen whether the run is there, after ${status}`, () => {
      const error = answer(status, "t");
      assert.equal(lookFailed(error, task), `${notSeen} ${error.message}`);
    });
  }

  for (const status of [407, 409, 428, 430, 499]) {
    it(`is final after ${status}`, () => {
      const error = answer(status, "t");
      assert.equal(lookFailed(error, task), `Nothing was started. ${error.message}`);
    });
  }

  it("says what to do when Apify cannot be reached", () => {
    const expected = `${notSeen} ${unreachable.message}\n${network}`;
    assert.equal(lookFailed(unreachable, task), expected);
  });

  it("makes do with anything thrown", () => {
    assert.equal(lookFailed(new Error("boom"), task), `${notSeen} boom`);
    assert.equal(lookFailed("boom", task), `${notSeen} boom`);
    const notApifys = Object.assign(new Error("boom"), { status: 404 });
    assert.equal(lookFailed(notApifys, task), `${notSeen} boom`);
  });
});

describe("what is said when nobody knows whether there is a run", () => {
  const error = new ApifyNoAnswerError(place, "noAnswer", "reset");
  const first = `It is not known whether a run of task janedoe~scrape was started: the start request was sent, and ${error.message}`;
  const last =
    'Such a run has "run-key abc" in its meta.userAgent. The next `pulumi up` looks for it first, and takes it over while it is going on. If it has ended by then, adoptRunId takes it over.';

  it("is that it was sent twice, and how to find the run", () => {
    const message = ambiguous(error, task, "abc", { outcome: "notStarted" });
    const twice =
      "It was sent once more after a minute without a sign of the run, with the same result.";
    assert.equal(message, [first, twice, last].join("\n"));
  });

  it("is why it could not be seen, and how to find the run", () => {
    const message = ambiguous(error, task, "abc", { outcome: "notKnown", reason: "Apify is down" });
    const why = "Whether the run is there could not be seen: Apify is down";
    assert.equal(message, [first, why, last].join("\n"));
  });
});

describe("what is said of a run that is passed over", () => {
  it("is what became of it", () => {
    assert.equal(
      passedOverLine(shortRun("r", { status: "FAILED", startedAt: "2026-01-01T00:00:00Z" })),
      "Run r, started at 2026-01-01T00:00:00Z, was for this same resource and arguments, and is FAILED. Starting another.",
    );
  });

  it("is how to have it all the same when it succeeded", () => {
    assert.equal(
      passedOverLine(shortRun("r", { status: "SUCCEEDED", startedAt: null })),
      'Run r was for this same resource and arguments, and is SUCCEEDED. An earlier run is reused only with adoptRunId "r". Starting another.',
    );
  });
});
