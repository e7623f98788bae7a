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
  const [trackedBuild, trackedTask] = await Promise.all([
    wantsBuild && !isBuildNumber(build)
      ? warned(context, "trackBuild", () => lookUpBuild(context, account, args))
      : undefined,
    wantsTask
      ? warned(context, "trackTask", async () =>
          taskFingerprint(await context.lookups.task(account, actorTaskId)),
        )
      : undefined,
  ]);
  return {
    ...(trackedBuild === undefined ? {} : { trackedBuild }),
    ...(trackedTask === undefined ? {} : { trackedTask }),
  };
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

async function warned(
  context: Context,
  tracker: "trackBuild" | "trackTask",
  lookUp: () => Promise<string>,
): Promise<string | undefined> {
  try {
    return await lookUp();
  } catch (error) {
    context.report.line(
      `${tracker} could not look it up, so nothing reruns because of it this time: ${messageOf(error)}`,
    );
    return undefined;
  }
}
