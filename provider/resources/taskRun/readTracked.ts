import { createHash } from "node:crypto";
import { messageOf } from "../../apify/errors";
import { message } from "../../apify/message";
import { canonicalJson } from "../../run/canonicalJson";
import { reportPauses } from "../reportPauses";
import { containsUnknown } from "../validate";
import type { Message } from "../../apify/message";
import type { Actor } from "../../apify/schemas/actor";
import type { Task } from "../../apify/schemas/task";
import type { Args } from "./arguments";
import type { Account } from "../account";
import type { TaskRunContext } from "./context";
import type { Tracked } from "./state";

/**
 * Looks up what is tracked. What cannot be looked up is left out, with a warning, and `diff` then has
 * nothing to compare: no preview fails, and nothing reruns, because Apify could not be asked. (What was
 * looked up before may be older than what the run really ran with.)
 */
export async function readTracked(context: TaskRunContext, args: Args): Promise<Tracked> {
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
  context: TaskRunContext,
  account: Account,
  { actorTaskId }: Args,
): Promise<string> {
  const { reads } = context;
  return taskFingerprint(await reads.task(account, actorTaskId, reportPauses(context)));
}

async function lookUpBuild(
  context: TaskRunContext,
  account: Account,
  { actorTaskId, build }: Args,
): Promise<string> {
  const { reads } = context;
  const task = await reads.task(account, actorTaskId, reportPauses(context));
  if (task.actId === undefined) throw new Error("Apify does not say which Actor the task is of");
  const actor = await reads.actor(account, task.actId, reportPauses(context));
  const { tag, number } = buildThatWouldRun(build, task, actor);
  if (number === undefined) throw new Error(`the Actor has no build with the tag "${tag}"`);
  return number;
}

/** Apify resolves a tag when a run starts. Source: https://docs.apify.com/platform/actors/development/builds-and-runs/builds */
const buildNumber = /^\d+\.\d+\.\d+$/;

/** Whether this names one build for good, so that there is nothing to look up. */
export function isBuildNumber(build: string | null | undefined): boolean {
  return build != null && buildNumber.test(build);
}

/** The number of the build that a start would run; `undefined` when the Actor has no such build. Pure. */
export function buildThatWouldRun(
  build: string | undefined,
  task: Task,
  actor: Actor,
): { readonly tag: string; readonly number: string | undefined } {
  const tag = build ?? task.options?.build ?? actor.defaultRunOptions?.build ?? "latest";
  const number = isBuildNumber(tag) ? tag : actor.taggedBuilds?.[tag]?.buildNumber;
  return { tag, number: number ?? undefined };
}

/** A fingerprint of what a saved task runs: its Actor, input and options; not its name or title. Pure. */
export function taskFingerprint({ actId, input, options }: Task): string {
  const text = canonicalJson({ actId, input: input ?? {}, options: options ?? {} });
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
