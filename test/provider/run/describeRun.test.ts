import assert from "node:assert/strict";
import { describeRun, progressLine } from "../../../provider/run/describeRun";

describe("the description of a run", () => {
  it("is its status when there is nothing else to say", () => {
    assert.equal(describeRun({ status: "ABORTED" }), "ABORTED");
    assert.equal(
      describeRun({ status: "ABORTED", statusMessage: null, exitCode: null }),
      "ABORTED",
    );
  });

  it("quotes the status message and the exit code of a failure", () => {
    assert.equal(
      describeRun({ status: "FAILED", statusMessage: "No proxy left", exitCode: 3 }),
      "FAILED: No proxy left (exit code 3)",
    );
  });

  it("quotes an exit code that comes without a message", () => {
    assert.equal(describeRun({ status: "FAILED", exitCode: 137 }), "FAILED (exit code 137)");
    assert.equal(
      describeRun({ status: "FAILED", statusMessage: "", exitCode: -1 }),
      "FAILED (exit code -1)",
    );
  });

  for (const statusMessage of [
    "Actor process exited with code 3",
    "The process ended (exit code: 3).",
    "Exit Code 3",
  ]) {
    it(`says an exit code once that the message has: ${statusMessage}`, () => {
      const run = { status: "FAILED", statusMessage, exitCode: 3 };
      assert.equal(describeRun(run), `FAILED: ${statusMessage}`);
    });
  }

  for (const statusMessage of ["Read 3 of 5 pages", "exited with code 31", "code 13", "encode 3"]) {
    it(`adds an exit code that the message does not have: ${statusMessage}`, () => {
      const run = { status: "FAILED", statusMessage, exitCode: 3 };
      assert.equal(describeRun(run), `FAILED: ${statusMessage} (exit code 3)`);
    });
  }

  it("leaves out an exit code of 0, which says nothing", () => {
    assert.equal(
      describeRun({ status: "TIMED-OUT", statusMessage: "Too slow", exitCode: 0 }),
      "TIMED-OUT: Too slow",
    );
  });
});

describe("the progress line", () => {
  it("is the status and the Actor's own words", () => {
    const run = { status: "RUNNING", statusMessage: "34 of 80 pages" };
    assert.equal(progressLine(run), "RUNNING: 34 of 80 pages");
    assert.equal(
      progressLine({ status: "SUCCEEDED", statusMessage: "80 of 80 pages" }),
      "SUCCEEDED: 80 of 80 pages",
    );
  });

  it("is the status alone when the Actor says nothing", () => {
    assert.equal(progressLine({ status: "READY", statusMessage: "" }), "READY");
    assert.equal(progressLine({ status: "READY", statusMessage: null }), "READY");
  });

  it("says why the run cannot be read at the moment, behind what was read last", () => {
    assert.equal(
      progressLine({ status: "RUNNING", statusMessage: "page 1" }, "reset"),
      "RUNNING: page 1; cannot be read at the moment: reset",
    );
  });

  it("says when the status is one that it does not know", () => {
    assert.equal(
      progressLine({ status: "HIBERNATING", statusMessage: "page 1" }),
      "HIBERNATING (unknown to this version of pulumi-apify; still waiting): page 1",
    );
  });
});
