import assert from "node:assert/strict";
import { isAccepted } from "../../provider/run/status";
import { seededRandom } from "../../emulator";
import { amount, chosenSeed } from "../support/figures";
import { closeWorld, describeFaults, openFaultyWorld } from "./support/describeFaults";
import { dailyTicks } from "./support/ticks";
import { atRequest, endOf } from "./support/kill";
import { atSeconds } from "./support/runEvents";
import type { Args } from "../../provider/resources/taskRun/argumentTable";
import type { Run } from "../../emulator";
import type { Program, Stack } from "./support/stack";
import type { DailyTime } from "./support/ticks";
import type { World } from "./support/world";

const hourMillis = 3_600_000;
const dayMillis = 24 * hourMillis;
const begin = Date.UTC(2026, 0, 1);
const days = 365;

/** What one `up` of the year came to. */
interface Up {
  readonly atMillis: number;
  readonly end: "good" | "failed" | "killed";
  /** How many runs were started while it went on. */
  readonly starts: number;
  /** What it found: the starts of the runs that had succeeded, in epoch milliseconds. */
  readonly goodBefore: readonly number[];
}

/** A year with an `up` a day, up to 20 hours late, some of which are killed or have a run that fails. */
async function yearOfUps(seed: number, freshness: Partial<Args>): Promise<readonly Up[]> {
  const random = seededRandom(seed);
  const world = await openFaultyWorld({ seed });
  const stack = world.stack();
  const program: Program = { prices: { actorTaskId: "janedoe~quick", ...freshness } };
  const ups: Up[] = [];
  for (let day = 0; day < days; day++) {
    const atMillis = begin + day * dayMillis + Math.floor(random() * 20 * hourMillis);
    await world.time.advance(atMillis - world.time.emulatorClock.now());
    const [fails, dies] = [random() < 0.05, random() < 0.03];
    // What nobody has heard of is not taken over by a first deployment, so that one is left alone.
    const trouble = day === 0 ? {} : { fails, killAt: dies ? 1 + Math.floor(random() * 6) : 0 };
    ups.push(await oneUp(world, stack, program, trouble));
  }
  await closeWorld(world);
  return ups;
}

async function oneUp(
  world: World,
  stack: Stack,
  program: Program,
  { fails = false, killAt = 0 }: { fails?: boolean; killAt?: number },
): Promise<Up> {
  const { emulator, time } = world;
  const atMillis = time.emulatorClock.now();
  const before = emulator.runs();
  if (fails) {
    atSeconds(world, 5, () => {
      for (const { id } of emulator.liveRuns()) emulator.finish(id, { exitCode: 1 });
    });
  }
  const command = stack.up(program);
  const how =
    killAt > 0 ? await endOf(world, command, atRequest(killAt, "after the work")) : "ended";
  const errors = how === "killed" ? [] : Object.values(await time.run(command.done));
  await time.advance(60_000);
  emulator.clearRequests();
  assert.ok(fails || errors.length === 0, errors.map(({ message }) => message).join("\n"));
  return {
    atMillis,
    end: how === "killed" ? "killed" : errors.length > 0 ? "failed" : "good",
    starts: emulator.runs().length - before.length,
    goodBefore: before.filter(({ status }) => isAccepted(status)).map(startOf),
  };
}

function startOf({ startedAt }: Run): number {
  return Date.parse(startedAt);
}

/** Expects a run where the data was stale, and none where it was not. */
function expectRequested(
  ups: readonly Up[],
  isFresh: (start: number, now: number) => boolean,
): void {
  for (const up of ups) {
    const { atMillis, end, starts, goodBefore } = up;
    const wanted = goodBefore.some((start) => isFresh(start, atMillis)) ? 0 : 1;
    const when = `${new Date(atMillis).toISOString()} (${end})`;
    if (end === "killed") assert.ok(starts <= wanted, `${starts} runs at ${when}`);
    else assert.equal(starts, wanted, `runs at ${when}`);
  }
}

/** Expects exactly one good run for each tick that was followed by an `up` that came to its end. */
function expectOneEach(ups: readonly Up[], ticks: readonly number[]): number {
  const good = ups.at(-1)?.goodBefore ?? [];
  const lastAt = ups.at(-1)?.atMillis ?? 0;
  let followed = 0;
  for (const [index, tick] of ticks.entries()) {
    const next = ticks[index + 1] ?? Infinity;
    // What the last one started is not among the runs that it found.
    if (next > lastAt) break;
    const within = (millis: number): boolean => millis >= tick && millis < next;
    const isFollowed = ups.some(({ end, atMillis }) => end === "good" && within(atMillis));
    const runs = good.filter(within).length;
    if (isFollowed) followed++;
    if (isFollowed) assert.equal(runs, 1, `good runs for ${new Date(tick).toISOString()}`);
    else assert.ok(runs <= 1, `good runs for ${new Date(tick).toISOString()}`);
  }
  return followed;
}

function summary(ups: readonly Up[]): string {
  const killed = ups.filter(({ end }) => end === "killed").length;
  const failed = ups.filter(({ end }) => end === "failed").length;
  return `${ups.length} ups, ${killed} killed, ${failed} with a run that failed`;
}

const clocks: readonly DailyTime[] = [
  { zone: "Europe/Prague", hour: 2, minute: 30 },
  { zone: "America/New_York", hour: 1, minute: 30 },
  { zone: "Europe/Prague", hour: 9, minute: 0 },
];

describeFaults("a year of late deployments", () => {
  const first = chosenSeed();
  const rounds = amount({ quick: 1, full: 10 });
  const cases = Array.from({ length: rounds }, (_, round) =>
    clocks.map((clock, index) => ({ ...clock, seed: first + round * clocks.length + index })),
  ).flat();

  for (const { seed, ...clock } of cases) {
    const { zone, hour, minute } = clock;
    const cron = `${minute} ${hour} * * *`;
    it(`has one good run for each tick of "${cron}" in ${zone} (PULUMI_APIFY_SEED=${seed})`, async () => {
      const ups = await yearOfUps(seed, { cron, timeZone: zone });
      const end = begin + days * dayMillis;
      const ticks = dailyTicks(clock, begin - dayMillis, end);
      expectRequested(ups, (start, now) => !ticks.some((tick) => tick > start && tick <= now));
      const followed = expectOneEach(ups, ticks);
      assert.ok(followed > days / 2, `${followed} ticks were followed`);
      console.log(`      ${summary(ups)}, ${followed} of ${ticks.length} ticks followed`);
    });
  }

  it("has one run for each tick where the machine's clock is ahead of Apify's, and ups follow each other", async () => {
    const aheadMillis = 5 * 60_000;
    const world = await openFaultyWorld({ aheadMillis });
    const stack = world.stack();
    const program: Program = { prices: { actorTaskId: "janedoe~quick", cron: "0 3 * * *" } };
    for (let day = 1; day <= 3; day++) {
      const due = begin + day * dayMillis + 3 * hourMillis;
      for (const secs of [1, 120, 290, 420, 3600]) {
        const atMillis = due - aheadMillis + secs * 1000;
        await world.time.advance(atMillis - world.time.emulatorClock.now());
        const { starts, end } = await oneUp(world, stack, program, {});
        assert.deepEqual([starts, end], [secs === 1 ? 1 : 0, "good"], `day ${day}, ${secs} s`);
      }
    }
    await closeWorld(world);
  });

  for (const [index, hours] of [20, 36, 24 * 7].entries()) {
    const seed = first + index;
    it(`has no data older than ${hours} h, and no run more (PULUMI_APIFY_SEED=${seed})`, async () => {
      const ups = await yearOfUps(seed, { maxAgeSecs: hours * 3600 });
      expectRequested(ups, (start, now) => now <= start + hours * hourMillis);
      console.log(`      ${summary(ups)}`);
    });
  }
});
