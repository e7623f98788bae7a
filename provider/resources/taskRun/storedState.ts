import { unreadRun } from "../../run/runRecord";
import { splitUsable } from "../usableArguments";
import { argumentKinds } from "./argumentKinds";
import { typedOutputNames } from "./runOutputs";
import { parseRun } from "./runParser";
import type { RunRecord } from "../../run/runRecord";
import type { IsUnknown } from "../unknown";
import type { RunParser } from "./runParser";
import type { StateWithoutLinks, TaskRunState } from "./state";

type Properties = Record<string, unknown>;

/** Maximum number of characters of a run's JSON that is stored whole. Apify's usual description has about 3,000. */
const longestRunJson = 1_000_000;

/** Maximum number of characters of each field that is stored of a run whose JSON is longer. */
const longestFieldJson = 10_000;

/**
 * The state of a TaskRun in the form that Pulumi stores. The run is one JSON text: storing its eighty values
 * one by one would add an eighth to the time of every command over many resources
 * (docs/decisions/0002-few-declared-outputs.md). Never throws.
 */
export function serializeState({ run, ...others }: TaskRunState): Properties {
  return { ...others, runJson: runJsonOf(run) };
}

/** The run as JSON. Of a run that is too large or nested too deep, only the fields that are neither. */
function runJsonOf(run: RunRecord): string {
  const whole = jsonOf(run);
  if (whole !== undefined && whole.length <= longestRunJson) return whole;
  const fits = ([, value]: [string, unknown]): boolean =>
    (jsonOf(value)?.length ?? Infinity) <= longestFieldJson;
  return JSON.stringify(Object.fromEntries(Object.entries(run).filter(fits)));
}

function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

/** The stored properties of a resource, as far as this version can work with them. */
export interface StoredState {
  /** The usable part. A run with a damaged description counts as not read yet. */
  readonly state: StateWithoutLinks;
  /** The arguments that are not usable, as they are stored. */
  readonly unusable: Readonly<Properties>;
  /** The names of damaged properties; empty for a state that this package wrote. */
  readonly damaged: readonly string[];
  /** What is wrong with each of them, such as: `runJson` is missing. */
  readonly problems: readonly string[];
  /** Whether a run was stored. Before the first read by `TaskRun.get` there are only arguments. */
  readonly isRecorded: boolean;
}

/** Reads the state of the resource with this id from its stored, visible properties, even damaged ones. Never throws. */
export function parseState(
  id: string,
  properties: Properties,
  isUnknown: IsUnknown,
  runParser: RunParser = parseRun,
): StoredState {
  const { runJson, links, expired, ...others } = properties;
  const stored = withoutTypedOutputs(others);
  const { usable, unusable, problems: ofArguments } = splitUsable(argumentKinds, stored, isUnknown);
  const run = runParser(id, runJson);
  const problems = {
    ...(typeof run === "string" ? { runJson: run } : {}),
    ...(areLinks(links) ? {} : { links: missingOrUnknown(links) }),
    ...(typeof expired === "boolean" ? {} : { expired: missingOrUnknown(expired) }),
    ...("actorTaskId" in stored ? {} : { actorTaskId: "is missing" }),
    ...ofArguments,
  };
  return {
    state: {
      ...(usable as Partial<StateWithoutLinks> as StateWithoutLinks),
      run: typeof run === "string" ? unreadRun(id) : run,
      expired: expired === true,
    },
    unusable,
    damaged: Object.keys(problems),
    problems: Object.entries(problems).map(([name, problem]) => `\`${name}\` ${problem}`),
    isRecorded: [runJson, links, expired, stored.actorTaskId].some((value) => value !== undefined),
  };
}

/** Whether a state holds each value of its run as an output of its own. */
export function hasTypedOutputs(properties: Properties): boolean {
  return "runId" in properties;
}

/** The properties without the outputs that the native plugin derives from the run, and may store besides its JSON. */
function withoutTypedOutputs(properties: Properties): Properties {
  // Most states have none, and they are many.
  if (!hasTypedOutputs(properties)) return properties;
  return Object.fromEntries(
    Object.entries(properties).filter(([name]) => !typedOutputNames.includes(name)),
  );
}

function missingOrUnknown(value: unknown): string {
  return value === undefined
    ? "is missing"
    : "has a format that this version of pulumi-apify does not know";
}

function areLinks(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { console, datasetConsole, datasetItems } = value as Properties;
  return (
    typeof console === "string" &&
    [datasetConsole, datasetItems].every((link) => link === undefined || typeof link === "string")
  );
}
