import { messageOf } from "../apify/errors";
import { buildThatWouldRun, isBuildNumber, taskFingerprint } from "./tracked";
import { containsUnknown } from "./validate";
import type { Args } from "./args";
import type { Account, Context } from "./context";
import type { Tracked } from "./tracked";

/**
 * Looks up what is tracked. What cannot be looked up stays as it was before, with a warning: no
 * preview fails, and nothing reruns, because Apify could not be asked.
 */
export async function track(
  context: Context,
  before: Record<string, unknown>,
  args: Args,
): Promise<Tracked> {
  const { actorTaskId, build, trackBuild, trackTask } = args;
  const wantsBuild = trackBuild === true && args.adoptRunId === undefined;
  const wantsTask = trackTask === true && args.adoptRunId === undefined;
  if (!wantsBuild && !wantsTask) return {};
  const old: Tracked = {
    ...(wantsBuild && typeof before.trackedBuild === "string"
      ? { trackedBuild: before.trackedBuild }
      : {}),
    ...(wantsTask && typeof before.trackedTask === "string"
      ? { trackedTask: before.trackedTask }
      : {}),
  };
  if (containsUnknown([actorTaskId, build, args.account], context.isUnknown)) return old;
  const account = context.account(args.account);
  const [trackedBuild, trackedTask] = await Promise.all([
    wantsBuild && !isBuildNumber(build)
      ? warned(context, "trackBuild", old.trackedBuild, () => lookUpBuild(context, account, args))
      : undefined,
    wantsTask
      ? warned(context, "trackTask", old.trackedTask, async () =>
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
  old: string | undefined,
  lookUp: () => Promise<string>,
): Promise<string | undefined> {
  try {
    return await lookUp();
  } catch (error) {
    context.report.line(
      `${tracker} could not look it up, so nothing reruns because of it this time: ${messageOf(error)}`,
    );
    return old;
  }
}
