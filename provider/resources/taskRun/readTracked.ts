import { messageOf } from "../../apify/errors";
import { message } from "../../apify/message";
import { buildThatWouldRun, isBuildNumber } from "../../run/build";
import { reportPauses } from "../reportPauses";
import { taskFingerprint } from "../taskFingerprint";
import { containsUnknown } from "../unknown";
import type { Message } from "../../apify/message";
import type { Args } from "./argumentTable";
import type { Account } from "../account";
import type { TaskRunContext } from "./taskRunContext";
import type { Tracked } from "./state";

/**
 * Reads the tracked build and task. If a read fails, the value is left out, so that `decide` does not compare
 * it, and the failure is reported: a failed read neither fails a preview nor causes a rerun. A value from an
 * earlier `check` cannot replace it, since it may be older than the run.
 */
export async function readTracked(context: TaskRunContext, args: Args): Promise<Tracked> {
  const { actorTaskId, build, trackBuild, trackTask } = args;
  const wantsBuild = trackBuild === true && args.adoptRunId === undefined;
  const wantsTask = trackTask === true && args.adoptRunId === undefined;
  if (!wantsBuild && !wantsTask) return {};
  if (containsUnknown([actorTaskId, build, args.account], context.isUnknown)) return {};
  const account = context.account(args.account);
  const [buildNow, taskNow] = await Promise.allSettled([
    wantsBuild && !isBuildNumber(build) ? readBuild(context, account, args) : undefined,
    wantsTask ? readFingerprint(context, account, args) : undefined,
  ]);
  for (const line of problemLines({ trackBuild: buildNow, trackTask: taskNow })) {
    context.report.line(line);
  }
  return { ...valueIn(buildNow, "trackedBuild"), ...valueIn(taskNow, "trackedTask") };
}

type Read = PromiseSettledResult<string | undefined>;

function valueIn(read: Read, name: keyof Tracked): Tracked {
  return read.status === "fulfilled" && read.value !== undefined ? { [name]: read.value } : {};
}

/** One line for each problem. Both trackers read the task; a problem with it is reported once. */
function problemLines(reads: Readonly<Record<string, Read>>): readonly Message[] {
  const trackersOf = new Map<string, string[]>();
  for (const [tracker, read] of Object.entries(reads)) {
    if (read.status === "fulfilled") continue;
    const problem = messageOf(read.reason);
    trackersOf.set(problem, [...(trackersOf.get(problem) ?? []), tracker]);
  }
  return [...trackersOf].map(
    ([problem, trackers]) =>
      message`Could not check ${trackers.map((name) => `\`${name}\``).join(" and ")}, so the task is not run again for that reason. ${problem}`,
  );
}

async function readFingerprint(
  context: TaskRunContext,
  account: Account,
  { actorTaskId }: Args,
): Promise<string> {
  const { reads } = context;
  return taskFingerprint(await reads.task(account, actorTaskId, reportPauses(context)));
}

async function readBuild(
  context: TaskRunContext,
  account: Account,
  { actorTaskId, build }: Args,
): Promise<string> {
  const { reads } = context;
  const task = await reads.task(account, actorTaskId, reportPauses(context));
  if (task.actId === undefined) throw new Error("Apify does not say which Actor the task runs.");
  const actor = await reads.actor(account, task.actId, reportPauses(context));
  const { tag, number } = buildThatWouldRun(build, task, actor);
  if (number === undefined) throw new Error(`The Actor has no build with the tag "${tag}".`);
  return number;
}
