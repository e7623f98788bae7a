import assert from "node:assert/strict";
import { describeRun, progressLine } from "../../provider/run/describe";

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

  it("leaves out an exit code of 0, which says nothing", () => {
    assert.equal(
      describeRun({ status: "TIMED-OUT", statusMessage: "Too slow", exitCode: 0 }),
      "TIMED-OUT: Too slow",
    );
  });
});

describe("the progress line", () => {
  const waited: readonly (readonly [number, string])[] = [
    [0, "0s"],
    [59, "59s"],
    [60, "1m 00s"],
    [65, "1m 05s"],
    [3599, "59m 59s"],
    [3600, "1h 00m"],
    [3_665, "1h 01m"],
    [100 * 3600 + 59 * 60 + 59, "100h 59m"],
  ];
  for (const [secs, text] of waited) {
    it(`shows an end after ${secs} seconds as ${text}`, () => {
      assert.equal(progressLine({ status: "SUCCEEDED" }, secs), `SUCCEEDED after ${text}`);
    });
  }

  it("changes once a minute while a run goes on, after the first minute", () => {
    const shown = new Set<string>();
    for (let secs = 60; secs < 180; secs++) shown.add(progressLine({ status: "RUNNING" }, secs));
    assert.deepEqual([...shown], ["RUNNING for 1m", "RUNNING for 2m"]);
    assert.equal(progressLine({ status: "RUNNING" }, 59), "RUNNING for 59s");
  });

  it("ends with the Actor's own words", () => {
    assert.equal(
      progressLine({ status: "RUNNING", statusMessage: "34 of 80 pages" }, 5),
      "RUNNING for 5s: 34 of 80 pages",
    );
  });

  it("ends with nothing when the Actor says nothing", () => {
    assert.equal(progressLine({ status: "READY", statusMessage: "" }, 0), "READY for 0s");
    assert.equal(progressLine({ status: "READY", statusMessage: null }, 0), "READY for 0s");
  });

  it("shows hours and minutes while a run goes on for long", () => {
    assert.equal(progressLine({ status: "RUNNING" }, 7265), "RUNNING for 2h 01m");
  });

  it("says why the run cannot be seen at present, behind what was seen last", () => {
    assert.equal(
      progressLine({ status: "RUNNING", statusMessage: "page 1" }, 60, "reset"),
      "RUNNING for 1m: page 1; it cannot be seen at present: reset",
    );
  });

  it("says when the status is one that it does not know", () => {
    assert.equal(
      progressLine({ status: "HIBERNATING" }, 5),
      "HIBERNATING (a status this version does not know; it goes on waiting) for 5s",
    );
  });
});
