import assert from "node:assert/strict";
import { faultAnswers } from "../../emulator";
import { amount } from "../support/figures";
import {
  expectHarmless,
  expectPassing,
  otherRequests,
  runUnderFault,
  theStart,
} from "./support/requestCases";
import { closeWorld, describeFaults, oneTaskRun } from "./support/describeFaults";
import { expectRuns, expectSettled, succeeds } from "./support/acceptance";
import type { Fault, FaultAnswer } from "../../emulator";

const { hugeError, htmlPage, redirect, requestTimeout, serverError } = faultAnswers;

const manyTimes = amount({ quick: 0, full: 1 }) === 0 ? [1, 3] : [1, 2, 4];

/** The body of a 201 or 200 that does not come as it should; its head tells the run. */
const spoilt: readonly [string, Fault][] = [
  ["is cut before its first byte", { kind: "cutBody", bytes: 0 }],
  ["is cut in the middle", { kind: "cutBody" }],
  ["stops before its first byte", { kind: "stallBody", bytes: 0 }],
  ["stops in the middle", { kind: "stallBody" }],
  ["comes slowly", { kind: "slowBody", chunks: 5, pauseMillis: 2_000 }],
  ["comes too slowly", { kind: "slowBody", chunks: 20, pauseMillis: 3_000 }],
  ["is empty", { kind: "emptyBody" }],
  ["is not JSON", { kind: "notJson" }],
];

/** A success by its status, and nothing that could be read. */
const senseless = (text: string, work: FaultAnswer["work"] = "done"): FaultAnswer => ({
  kind: "answer",
  work,
  status: 201,
  headers: { "Content-Type": "text/html" },
  body: text,
});
const bodies = [
  "",
  "<html>welcome</html>",
  "null",
  "{}",
  '{"data":null}',
  '{"data":{"id":""}}',
  "[]",
];

describeFaults("an answer whose body", () => {
  for (const [what, fault] of spoilt) {
    it(`${what}, to the start: the run is known from the head at once`, async () => {
      const { world, stack, errors, millis } = await runUnderFault(theStart, { fault });
      assert.deepEqual(errors, []);
      assert.ok(millis <= 45_000, `${millis} ms`);
      assert.equal(world.shown.filter((line) => /^Run \w+ started: /.test(line)).length, 1);
      await expectSettled(world, stack, oneTaskRun, { runs: 1 });
    });

    for (const requestCase of otherRequests) {
      it(`${what}, up to four times at ${requestCase.title}: no harm is done`, async () => {
        for (const times of manyTimes) await expectHarmless(requestCase, { fault, times });
      });
    }
  }

  for (const body of bodies) {
    it(`is ${body === "" ? "nothing" : body}, to the start, and names no run: it is looked for`, async () => {
      await expectPassing(theStart, { fault: senseless(body) });
      await expectPassing(theStart, { fault: senseless(body, "none") });
    });

    it(`is ${body === "" ? "nothing" : body}, to any other request: no harm is done`, async () => {
      for (const requestCase of otherRequests)
        await expectHarmless(requestCase, { fault: senseless(body, "none") });
    });
  }
});

/** Answers that leave open what was done. */
const troubles = (work: FaultAnswer["work"]): readonly FaultAnswer[] => [
  serverError(work),
  requestTimeout(work),
  ...[502, 503, 504, 520, 524].map((status) => htmlPage(status, work)),
  { ...serverError(work), status: 501 },
  // A gateway that calls a full account a problem of its own proves nothing.
  { ...serverError(work), status: 503, type: "concurrent-runs-limit-exceeded" },
];

describeFaults("an answer of 5xx or 408", () => {
  for (const work of ["none", "done"] as const) {
    for (const fault of troubles(work)) {
      const what = `${fault.status}${fault.type === undefined ? "" : ` ${fault.type}`}`;
      it(`${what}, the work ${work}, to the start: exactly one run`, async () => {
        const millis = await expectPassing(theStart, { fault });
        assert.ok(millis <= 71_000, `${millis} ms`);
      });

      it(`${what}, the work ${work}, to any other request: it is asked again`, async () => {
        for (const requestCase of otherRequests) {
          await expectPassing(requestCase, { fault, times: amount({ quick: 1, full: 3 }) });
        }
      });
    }
  }

  it("to every start leaves it to the next deployment", async () => {
    for (const fault of troubles("none")) {
      const { world, stack, errors } = await runUnderFault(theStart, { fault, times: Infinity });
      assert.match(errors.join(), /A run of task janedoe~quick may have been started/);
      expectRuns(world, 0);
      assert.equal(world.emulator.writes().length, 2, "starts that were sent");
      world.emulator.faults.clear();
      await succeeds(world, stack.up(oneTaskRun));
      await expectSettled(world, stack, oneTaskRun, { runs: 1 });
      await closeWorld(world);
    }
  });
});

/** Parsing ten megabytes takes a while. */
const hugeBytes = amount({ quick: 1_000_000, full: 10_000_000 });

/** Answers that no API gives. */
const foreign: readonly [string, FaultAnswer][] = [
  ["a redirect to another host", redirect("http://127.0.0.1:9/elsewhere")],
  ["a redirect to no address", { ...redirect(""), headers: {} }],
  ["a permanent redirect", { ...redirect("http://127.0.0.1:9/elsewhere"), status: 308 }],
  ["a page of 403", htmlPage(403, "none")],
  ["a page of 200", { ...htmlPage(200, "none") }],
  ["a huge error", hugeError(hugeBytes)],
  ["a huge refusal", { ...hugeError(hugeBytes), status: 400 }],
  ["a teapot", { kind: "answer", work: "none", status: 418, body: "short and stout" }],
];

describeFaults("an answer that is not Apify's", () => {
  for (const [what, fault] of foreign) {
    for (const requestCase of [theStart, ...otherRequests]) {
      it(`${what}, at ${requestCase.title}: an error of few words, if any`, async () => {
        const errors = await expectHarmless(requestCase, { fault });
        for (const error of errors) assert.ok(error.length < 1_500, error);
      });
    }
  }
});
