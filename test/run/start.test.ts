import assert from "node:assert/strict";
import { ApifyError, ApifyNoAnswerError } from "../../provider/apify/errors";
import { start } from "../../provider/run/start";
import { aRun } from "../support/run";
import type { StartOptions, StartOutcome } from "../../provider/apify/startTaskRun";
import type { Start } from "../../provider/run/start";

const place = { method: "POST", path: "/v2/actor-tasks/janedoe~scrape/runs" };
const options: StartOptions = { actorTaskId: "janedoe~scrape", build: "nightly" };

function starting(outcome: StartOutcome, asked = options): Promise<Start> {
  const sent: StartOptions[] = [];
  const client = {
    startTaskRun: (request: StartOptions) => {
      sent.push(request);
      assert.deepEqual(sent, [asked], "one request, with what was asked for");
      return Promise.resolve(outcome);
    },
  };
  return start(client, asked);
}

async function refusalOf(
  error: ApifyError | ApifyNoAnswerError,
  asked = options,
): Promise<readonly string[]> {
  const refused = await starting({ outcome: "refused", error }, asked);
  assert.equal(refused.outcome, "refused");
  return refused.message.split("\n");
}

function answer(status: number, type: string, data?: unknown): ApifyError {
  return new ApifyError(place, status, { type, message: `Apify's own words.`, data });
}

describe("a start", () => {
  it("hands on the run", async () => {
    const started = { outcome: "started", runId: "run1", run: aRun() } as const;
    assert.deepEqual(await starting(started), started);
  });

  it("hands on a run of which only the id is known", async () => {
    const started = { outcome: "started", runId: "run1", run: undefined } as const;
    assert.deepEqual(await starting(started), started);
  });
});

describe("a refused start", () => {
  it("says that nothing was started, and quotes Apify", async () => {
    const message = await refusalOf(answer(400, "invalid-input"));
    assert.deepEqual(message, [
      `Nothing was started. Apify answered 400 invalid-input to POST ${place.path}: Apify's own words.`,
    ]);
  });

  const remedies: readonly (readonly [string, ApifyError | ApifyNoAnswerError, string])[] = [
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
      answer(403, "full-permission-actor-not-approved", {
        approvalUrl: "https://console.apify.com/x",
      }),
      "Approve the Actor's permissions: https://console.apify.com/x",
    ],
    [
      "an approval without an address",
      answer(403, "full-permission-actor-not-approved", { approvalUrl: null }),
      "Check what the token of apify:token (or APIFY_TOKEN) may do.",
    ],
    [
      "a task that is not there",
      answer(404, "record-not-found"),
      'Check actorTaskId "janedoe~scrape", and that the token\'s account can see this task.',
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
    [
      "an API that cannot be reached",
      new ApifyNoAnswerError(place, "unreachable", "ECONNREFUSED"),
      "Check apify:baseUrl (or APIFY_API_BASE_URL) and the network.",
    ],
  ];
  for (const [what, error, remedy] of remedies) {
    it(`says what to do about ${what}`, async () => {
      const [first, ...rest] = await refusalOf(error);
      assert.equal(first, `Nothing was started. ${error.message}`);
      assert.deepEqual(rest, [remedy]);
    });
  }

  it("says that the missing build is the task's own when none was asked for", async () => {
    const message = await refusalOf(answer(400, "unknown-build-tag"), { actorTaskId: "x" });
    assert.equal(message[1], `Check build "(the task's own)": the Actor has no such build.`);
  });
});

describe("a start whose outcome is not known", () => {
  it("says so, names the task and the cause, and asks to look before trying again", async () => {
    const error = new ApifyNoAnswerError(place, "noAnswer", "the connection was lost");
    const unknown = await starting({ outcome: "unknown", error });
    assert.equal(unknown.outcome, "unknown");
    assert.equal(
      unknown.message,
      [
        `It is not known whether a run of task janedoe~scrape was started: the one start request was sent, and ${error.message}`,
        "Look at the task's newest runs in Apify Console before running `pulumi up` again, which starts a run.",
      ].join("\n"),
    );
  });
});
