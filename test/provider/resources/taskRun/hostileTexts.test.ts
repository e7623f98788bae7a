import assert from "node:assert/strict";
import { create } from "../../../../provider/resources/taskRun/create";
import { hostileTexts, unfitPlaces } from "../../../support/hostileTexts";
import { aRun } from "../../../support/run";
import { startApify } from "../../support/taskRuns";
import type { Emulator } from "../../../../emulator";
import type { TestApify } from "../../support/taskRuns";

/** An error response that holds the text in the place of its message and of its type. */
function refusing(text: string, status: number) {
  return { kind: "answer", work: "none", status, message: text, type: text } as const;
}

/** A run that starts, with what is said about it. */
function started(patch: object) {
  const body = JSON.stringify({ data: { ...aRun(), actorTaskId: "task1", ...patch } });
  return { kind: "answer", work: "none", status: 201, body } as const;
}

/** Where a text from outside may be, by what the emulator does for it. */
const places: Readonly<Record<string, (emulator: Emulator, text: string) => void>> = {
  "the refusal of a start": ({ faults }, text) =>
    void faults.inject({ endpoint: "startRun", fault: refusing(text, 400) }),
  "the refusal of a look": ({ faults }, text) =>
    void faults.inject({ endpoint: "listTaskRuns", fault: refusing(text, 403) }),
  "the refusal of a wait": ({ faults }, text) =>
    void faults.inject({ endpoint: "getRun", fault: refusing(text, 403) }),
  "the page of a proxy": ({ faults }, text) =>
    void faults.inject({
      endpoint: "startRun",
      fault: { kind: "answer", work: "none", status: 400, body: `<title>${text}</title>` },
    }),
  "the id of a task": ({ faults }, text) =>
    void faults.inject({ endpoint: "startRun", fault: started({ actorTaskId: text }) }),
  "an unknown status": ({ faults }, text) =>
    void faults.inject({ endpoint: "startRun", fault: started({ status: text }) }),
  "the status message": (emulator, text) => {
    finishFirst(emulator, { statusMessage: text, exitCode: 3 });
  },
  "the log": (emulator, text) => {
    emulator.faults.inject({
      endpoint: "getRunLog",
      fault: { kind: "answer", work: "none", status: 200, body: text },
      times: Infinity,
    });
    finishFirst(emulator, { exitCode: 3 });
  },
};

function finishFirst(emulator: Emulator, how: Parameters<Emulator["finish"]>[1]): void {
  void emulator
    .whenRun(({ status }) => status === "RUNNING" || status === "READY")
    .then(({ id }) => {
      emulator.finish(id, how);
    });
}

describe("texts from outside in all that is shown", () => {
  let apify: TestApify;
  beforeEach(async () => {
    apify = await startApify();
  });
  afterEach(() => apify.close());

  for (const [place, put] of Object.entries(places)) {
    it(`are cleaned and cut when they are ${place}`, async () => {
      for (const [kind, text] of Object.entries(hostileTexts)) {
        put(apify.emulator, text);
        const context = apify.context({ owner: kind });
        const args = { actorTaskId: "janedoe~scrape", showLog: true, input: { kind } };
        const error = await create(context, args).then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
        assert.ok(error instanceof Error, `${kind}: it should have failed`);
        apify.emulator.faults.clear();
        for (const shown of [error.message, ...context.lines, ...context.statuses]) {
          assert.deepEqual(unfitPlaces(shown), [], kind);
          // What stands around a text is ours, and short.
          for (const line of shown.split("\n")) assert.ok(line.length < 2500, `${kind}: ${line}`);
        }
      }
    });
  }
});
