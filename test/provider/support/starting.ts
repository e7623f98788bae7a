import { ApifyError } from "../../../provider/apify/errors";
import { ensureRun } from "../../../provider/run/ensureRun";
import { createAutoClock } from "../../support/fakeClock";
import { aRun } from "../../support/run";
import { reuseRules, key } from "./runs";
import type { StartOutcome } from "../../../provider/apify/endpoints/startTaskRun";
import type { RunShort } from "../../../provider/apify/schemas/run";
import type { EnsuredRun, EnsureRunOptions } from "../../../provider/run/ensureRun";
import type { FakeTask } from "./runs";

export const options = {
  actorTaskId: "task1",
  build: "nightly",
  input: { a: 1 },
  maxItems: 7,
};
export const place = { method: "POST", path: "/v2/actor-tasks/task1/runs" };
export const refusal = new ApifyError(place, 400, {
  type: "invalid-input",
  message: "m",
  data: undefined,
});
export const started: StartOutcome = { outcome: "started", runId: "run1", run: aRun() };
export const down = new Error("Apify is down");
export const nothing: readonly RunShort[] = [];

export const full = new ApifyError(place, 402, {
  type: "memory-limit-exceeded",
  message: "m",
  data: undefined,
});

export function refused(kind?: "capacity"): StartOutcome {
  return { outcome: "refused", error: kind === undefined ? refusal : full };
}

interface Done {
  readonly result: EnsuredRun;
  readonly lines: readonly string[];
  readonly statuses: readonly string[];
  readonly pauses: readonly number[];
}

/** Starts a run of the task, as far as a test does not say otherwise for a first deployment. */
export async function run(task: FakeTask, patch: Partial<EnsureRunOptions> = {}): Promise<Done> {
  const clock = createAutoClock({ random: 0 });
  const lines: string[] = [];
  const statuses: string[] = [];
  const result = await ensureRun({
    client: task.client,
    clock,
    options,
    key,
    userAgents: new Map(),
    rules: reuseRules,
    startWaitSecs: 0,
    report: {
      line: (text) => lines.push(text),
      log: (text) => lines.push(text),
      shown: () => Promise.resolve(),
      status: (text) => statuses.push(text),
    },
    ...patch,
  });
  return { result, lines, statuses, pauses: clock.sleeps };
}
