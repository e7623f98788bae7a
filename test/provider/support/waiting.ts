import assert from "node:assert/strict";
import { waitForEnd } from "../../../provider/run/waitForEnd";
import { createAutoClock } from "../../support/fakeClock";
import { aRun } from "../../support/run";
import type { Run } from "../../../provider/apify/schemas/run";
import type { WaitOutcome } from "../../../provider/run/waitForEnd";

/** What one poll finds: a patch of the run, or the error it fails with. */
export type PollResponse = Partial<Run> | Error;

export interface Script {
  readonly first?: Partial<Run>;
  /** What each poll finds; the last goes on for ever. */
  readonly answers: readonly [PollResponse, ...PollResponse[]];
  readonly limitSecs?: number;
  readonly longestPollSecs?: () => number;
  /** How long the server really holds a poll back. Default: as long as the poll requests. */
  readonly holds?: (waitSecs: number) => number;
  readonly signal?: AbortSignal;
  /** Called with the number of each poll before it is answered. */
  readonly onPoll?: (poll: number) => void;
}

export interface Waited {
  readonly outcome: WaitOutcome;
  /** How long each poll requests to be held back, in seconds. */
  readonly polls: readonly number[];
  /** How long each poll might take with its repetitions, in seconds. */
  readonly within: readonly (number | undefined)[];
  readonly sleeps: readonly number[];
  readonly progress: readonly string[];
  readonly tookSecs: number;
}

/** Plays a script without letting any real time pass. */
export async function play({
  first = {},
  answers,
  limitSecs,
  longestPollSecs,
  holds = (secs) => secs,
  signal,
  onPoll,
}: Script): Promise<Waited> {
  const clock = createAutoClock();
  const began = clock.monotonicMillis();
  const polls: number[] = [];
  const within: (number | undefined)[] = [];
  const progress: string[] = [];
  const outcome = await waitForEnd({
    clock,
    run: aRun(first),
    limitSecs,
    client: {
      getRun: (id, { waitSecs = 0, withinSecs, signal: passedOn } = {}) => {
        assert.equal(id, "run1");
        assert.equal(passedOn, signal);
        assert.ok(polls.length < 100_000, "the wait is a busy loop");
        const answer = answers[Math.min(polls.length, answers.length - 1)];
        polls.push(waitSecs);
        within.push(withinSecs);
        onPoll?.(polls.length);
        clock.advance(holds(waitSecs) * 1000);
        return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(aRun(answer));
      },
    },
    ...(longestPollSecs === undefined ? {} : { longestPollSecs }),
    onProgress: (run, problem) => {
      const secs = Math.floor((clock.monotonicMillis() - began) / 1000);
      progress.push(`${run.status} ${secs}${problem === undefined ? "" : ` (${problem})`}`);
    },
    signal,
  });
  const tookSecs = (clock.monotonicMillis() - began) / 1000;
  return { outcome, polls, within, sleeps: clock.sleeps, progress, tookSecs };
}
