import assert from "node:assert/strict";
import { startEmulator } from "../../emulator";
import { hostileTexts, unfitPlaces } from "../support/hostileTexts";
import { createProject, temporaryBackend } from "./support/project";
import type { ActorFunction, Emulator } from "../../emulator";
import type { Backend, CommandResult, Project } from "./support/project";

const token = "apify_api_TokenOfJaneDoe";
const texts = [
  ...Object.values(hostileTexts),
  // No line may break the connection to the engine, and no text may flood the terminal.
  `huge ${"x".repeat(10 * 1024 * 1024)}`,
];
const hugeLine = `huge ${"x".repeat(20 * 1024 * 1024)}`;

/** Says a text in its status message and in its log, and fails or not. */
const speak: ActorFunction = ({ input, ...actor }) => {
  const index = Number(input.text);
  const text = texts[index] ?? "";
  actor.setStatusMessage(text);
  actor.log(index === texts.length - 1 ? hugeLine : text);
  return Promise.resolve({ exitCode: Number(input.exitCode) });
};

/** One resource for each text that an Actor says, and one for each with which a start is refused. */
function programOf(exitCode: number): string {
  return `
    for (let text = 0; text < ${texts.length}; text++) {
      const actorTaskId = "janedoe~speak";
      new apify.TaskRun("said-" + text, { actorTaskId, input: { text, exitCode: ${exitCode} }, showLog: true });
      if (${exitCode} !== 0) new apify.TaskRun("refused-" + text, { actorTaskId: "janedoe~refused-" + text });
    }`;
}

describe("engine: texts from outside", () => {
  let emulator: Emulator;
  let backend: Backend;
  let project: Project;

  before(async () => {
    emulator = await startEmulator({
      declaration: {
        users: [{ username: "janedoe", token }],
        actors: [{ username: "janedoe", name: "speak", run: speak }],
        tasks: ["speak", ...texts.keys()].map((name) => ({
          username: "janedoe",
          name: name === "speak" ? name : `refused-${name}`,
          actor: "janedoe~speak",
          options: { memoryMbytes: 128 },
        })),
      },
    });
    for (const [index, text] of texts.entries()) {
      emulator.faults.inject({
        endpoint: "startRun",
        fault: { kind: "answer", work: "none", status: 400, type: text, message: text },
        times: Infinity,
        when: ({ pathname }) => pathname.includes(`~refused-${index}/`),
      });
    }
    backend = temporaryBackend();
    const environment = { APIFY_TOKEN: token, APIFY_API_BASE_URL: emulator.url };
    project = await createProject({ backend, environment });
  });

  after(async () => {
    project.killAll();
    await emulator.close();
    backend.remove();
  });

  const up = ["up", "--yes", "--skip-preview", "--parallel", "100"];

  it("neither crash nor hang a deployment of runs that fail, and none reaches the output as it is", async () => {
    project.program(programOf(3));
    const result = await project.run([...up, "--continue-on-error"]);
    expectAllTold(result);
    assert.deepEqual(unfitPlaces(result.output), []);
  });

  it("neither crash nor hang it at a terminal, which only gets Pulumi's own sequences", async () => {
    project.program(programOf(3));
    const result = await project.atTerminal([...up, "--continue-on-error"]).ended;
    expectAllTold(result);
    expectTerminalUnharmed(result.output);
  });

  it("keep no run that succeeded from being recorded", async () => {
    project.program(programOf(0));
    const { code, output } = await project.atTerminal(up).ended;
    assert.equal(code, 0, output.slice(-5000));
    expectTerminalUnharmed(output);
    assert.equal((await project.taskRuns()).length, texts.length);
  });

  /** Every run and every refusal has its error, and the command ends as one that failed. */
  function expectAllTold({ code, output }: CommandResult): void {
    assert.equal(code, 1, output.slice(-5000));
    assert.doesNotMatch(output, /panic:/);
    assert.ok(output.length < 2_000_000, `${output.length} characters of output`);
    for (const run of emulator.runs().slice(-texts.length)) {
      assert.ok(
        output.includes(`Run ${run.id} ended with status FAILED`),
        `nothing is said of ${run.id}`,
      );
    }
    for (const index of texts.keys()) {
      assert.ok(output.includes(`/janedoe~refused-${index}/runs`), `nothing is said of ${index}`);
    }
    // A line of a log is deeper than an error of Pulumi's.
    assert.doesNotMatch(output, /\n {0,5}error: forged/);
  }
});

/** What Pulumi's display needs: cursor movements, colours, carriage returns, and a look at the background's colour. */
// eslint-disable-next-line no-control-regex -- control characters are what it is about
const ofPulumi = /\u001b\[[\d;?]*[A-Za-z]|\u001b\]11;\?\u001b\\|\r/g;

function expectTerminalUnharmed(output: string): void {
  assert.deepEqual(unfitPlaces(output.replace(ofPulumi, "")), []);
  for (const ours of ["\u001b[31;5m", "\u001b[2J", "\u001b[10;10H", "hidden\rshown"]) {
    assert.ok(!output.includes(ours), JSON.stringify(ours));
  }
}
