import { messageOf } from "../apify/errors";
import { buildThatWouldRun, isBuildNumber, taskFingerprint } from "./tracked";
import { containsUnknown } from "./validate";
import type { Args } from "./args";
import type { Account, Context } from "./context";
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
  const problems = new Map<string, string[]>();
  const noting = async (tracker: string, lookUp: Promise<string>): Promise<string | undefined> => {
    try {
      return await lookUp;
    } catch (error) {
      const message = messageOf(error);
      problems.set(message, [...(problems.get(message) ?? []), tracker]);
      return undefined;
    }
  };
  const [trackedBuild, trackedTask] = await Promise.all([
    wantsBuild && !isBuildNumber(build)
      ? noting("trackBuild", lookUpBuild(context, account, args))
      : undefined,
    wantsTask ? noting("trackTask", lookUpTask(context, account, args)) : undefined,
  ]);
  for (const [message, trackers] of problems) {
    context.report.line(
      `${trackers.join(" and ")} could not look it up, which reruns nothing: ${message}`,
    );
  }
  return {
    ...(trackedBuild === undefined ? {} : { trackedBuild }),
    ...(trackedTask === undefined ? {} : { trackedTask }),
  };
}

async function lookUpTask(
  { lookups }: Context,
  account: Account,
  { actorTaskId }: Args,
): Promise<string> {
  return taskFingerprint(await lookups.task(account, actorTaskId));
}

async function lookUpBuild(
  { lookups }: Context,
  account: Account,
  { actorTaskId, build }: Args,
): Promise<string> {
  const task = await lookups.task(account, actorTaskId);
  const actor = await lookups.actor(account, task.actId);
  const { tag, number } = buildThatWouldRun(build, task, actor);
  if (number === undefined) throw new Error(`the Actor has no build with the tag "${tag}"`);
  return number;
}
