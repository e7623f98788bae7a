import assert from "node:assert/strict";
import { ApifyError, ApifyNoResponseError } from "../../../provider/apify/errors";
import { unknownStart } from "../../../provider/run/startMessages";

const place = { method: "POST", path: "/v2/actor-tasks/janedoe~scrape/runs" };
const task = { actorTaskId: "janedoe~scrape", build: "nightly" };

describe("what is said when nobody knows whether there is a run", () => {
  const error = new ApifyNoResponseError(place, "noResponse", "reset");
  const first = `A run of task janedoe~scrape may have been started: the start request was sent, but ${error.message}`;
  const last =
    'Before you run `pulumi up` again, look in Apify Console for a run of this task that has ended and whose meta.userAgent contains "run-key abc". If there is one, set `adoptRunId` to its id, because `pulumi up` may otherwise run the task again. A run that is still running is found by `pulumi up` itself, which waits for it.';

  it("is that it was sent twice, and how to find the run", () => {
    const message = unknownStart(error, task, "abc", { next: "lost" });
    const twice =
      "No run appeared within a minute, so pulumi-apify sent the request again. The response to that was lost too, and again no run appeared.";
    assert.equal(message, [first, twice, last].join("\n"));
  });

  it("is why it could not be checked, and how to find the run", () => {
    const message = unknownStart(error, task, "abc", {
      next: "searchFailed",
      reason: "Apify is down",
    });
    const why = "Could not check whether the run exists: Apify is down";
    assert.equal(message, [first, why, last].join("\n"));
  });

  it("is why the second start was refused, what to do about that, and how to find the run", () => {
    const second = new ApifyError(place, 403, {
      type: "unknown-build-tag",
      message: "Apify's own words.",
      data: undefined,
    });
    const message = unknownStart(error, { ...task, build: "nightly" }, "abc", {
      next: "refused",
      error: second,
    });
    const again = `No run appeared within a minute, so pulumi-apify sent the request again. That start was refused: ${second.message}`;
    const [one, two, three, four] = message.split("\n");
    assert.deepEqual([one, two, four], [first, again.endsWith(".") ? again : `${again}.`, last]);
    assert.match(three ?? "", /^The Actor has no build "nightly"\./);
  });

  it("is that an interrupted deployment did not send it again, and how to find the run", () => {
    const message = unknownStart(error, task, "abc", { next: "interrupted" });
    const why =
      "No run appeared within a minute. The deployment was interrupted then, and pulumi-apify did not send the request again.";
    assert.equal(message, [first, why, last].join("\n"));
  });
});
