import { messageOf } from "../../apify/errors";
import { message } from "../../apify/message";
import { showingPauses } from "../showPause";
import { buildThatWouldRun, isBuildNumber, taskFingerprint } from "./tracked";
import { containsUnknown } from "../validate";
import type { Message } from "../../apify/message";
import type { Args } from "./arguments";
import type { Account, Context } from "../context";
import type { Tracked } from "./tracked";

/**
 * Looks up what is tracked. What cannot be looked up is left out, with a warning, and `diff` then has
 * nothing to compare: no preview fails, and nothing reruns, because Apify could not be asked. (What was
 * looked up before may be older than what the run really ran with.)
 */
export async function track(context: Context, args: Args): Promise<Tracked> {
  const { actorTaskId, build, trackBuild, trackTask } = args;
  const wantsBuild = trackBuild === true && args.adoptRunId === undefined;
  const wantsTask = trackTask === true && args.adoptRunId === undefined;
  if (!wantsBuild && !wantsTask) return {};
  if (containsUnknown([actorTaskId, build, args.account], context.isUnknown)) return {};
  const account = context.account(args.account);
  const [buildNow, taskNow] = await Promise.allSettled([
    wantsBuild && !isBuildNumber(build) ? lookUpBuild(context, account, args) : undefined,
    wantsTask ? lookUpTask(context, account, args) : undefined,
  ]);
  for (const line of problemLines({ trackBuild: buildNow, trackTask: taskNow })) {
    context.report.line(line);
  }
  return { ...known("trackedBuild", buildNow), ...known("trackedTask", taskNow) };
}

type LookUp = PromiseSettledResult<string | undefined>;

function known(name: keyof Tracked, lookUp: LookUp): Tracked {
  return lookUp.status === "fulfilled" && lookUp.value !== undefined
    ? { [name]: lookUp.value }
    : {};
}

/** What could not be looked up: both trackers read the task, and what is wrong with it is said once. */
function problemLines(lookUps: Readonly<Record<string, LookUp>>): readonly Message[] {
  const trackersOf = new Map<string, string[]>();
  for (const [tracker, lookUp] of Object.entries(lookUps)) {
    if (lookUp.status === "fulfilled") continue;
    const problem = messageOf(lookUp.reason);
    trackersOf.set(problem, [...(trackersOf.get(problem) ?? []), tracker]);
  }
  return [...trackersOf].map(
    ([problem, trackers]) =>
      message`${trackers.join(" and ")} could not look it up, which reruns nothing: ${problem}`,
  );
}

async function lookUpTask(
  context: Context,
  account: Account,
  { actorTaskId }: Args,
): Promise<string> {
  const { lookups } = context;
  return taskFingerprint(await lookups.task(account, actorTaskId, showingPauses(context)));
}

async function lookUpBuild(
  context: Context,
  account: Account,
  { actorTaskId, build }: Args,
): Promise<string> {
  const { lookups } = context;
  const task = await lookups.task(account, actorTaskId, showingPauses(context));
  if (task.actId === undefined) throw new Error("Apify does not say which Actor the task is of");
  const actor = await lookups.actor(account, task.actId, showingPauses(context));
  const { tag, number } = buildThatWouldRun(build, task, actor);
  if (number === undefined) throw new Error(`the Actor has no build with the tag "${tag}"`);
  return number;
}
