import { runSchema } from "../apify/schemas/run";
import { isStoredUnread, unreadRun } from "../run/runRecord";
import { splitUsable, problemsOfArguments } from "../resources/taskRun/storedArguments";
import { splitHidden } from "../engine/hidden";
import { isUnknown, toWire } from "./wire";
import type { RunRecord } from "../run/runRecord";
import type { StateWithoutLinks, TaskRunState } from "../resources/taskRun/state";
import type { HiddenInputs } from "../engine/hidden";

type Properties = Record<string, unknown>;

/** The most characters of a run's JSON that are stored; Apify describes one in some three thousand. */
const longestRunJson = 1_000_000;

/** The most characters of one field in a run that is longer than that. */
const longestFieldJson = 10_000;

/**
 * The state in the form that Pulumi stores. The run is one JSON text: some eighty values instead
 * would cost an eighth of the time of every command over many resources
 * (docs/decisions/0002-few-declared-outputs.md). Never throws: the run was paid for, and its id must
 * be recorded.
 */
export function toStored(state: TaskRunState, hidden: HiddenInputs): Properties {
  const { run, ...others } = state;
  const properties = { ...others, ...hidden, runJson: runJsonOf(run) };
  try {
    return toWire(properties);
  } catch {
    return Object.assign({}, ...Object.entries(properties).map(storable)) as Properties;
  }
}

/** One property alone. What cannot be stored leaves a text, by which it counts as damaged and not as changed. */
function storable([name, value]: [string, unknown]): Properties {
  try {
    return toWire({ [name]: value });
  } catch {
    return { [name]: "(could not be stored)" };
  }
}

/** The run, or when it is too large or too deep what of it is neither. */
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

/** What is stored of a resource, as far as this version can work with it. */
export interface Stored {
  /** What can be used. A run of which the description is damaged is one that was not read yet. */
  readonly state: StateWithoutLinks;
  /** The arguments that cannot be used, as they are stored. */
  readonly unusable: Readonly<Properties>;
  /** The properties that are damaged; none in a state that this package wrote. */
  readonly damaged: readonly string[];
  /** What is wrong with each, as `runJson is missing`. */
  readonly problems: readonly string[];
  /** Whether a run was stored, and not only arguments as before the first read of an existing run. */
  readonly isRecorded: boolean;
}

/** The state of the resource with this id from its stored form, whatever became of that. Never throws. */
export function fromStored(id: string, properties: Properties): Stored {
  const { runJson, links, expired, ...stored } = splitHidden(properties).visible;
  const { usable, unusable } = splitUsable(stored, isUnknown);
  const run = runFrom(id, runJson);
  const problems = {
    ...(typeof run === "string" ? { runJson: run } : {}),
    ...(areLinks(links) ? {} : { links: missingOrOdd(links) }),
    ...(typeof expired === "boolean" ? {} : { expired: missingOrOdd(expired) }),
    ...("actorTaskId" in stored ? {} : { actorTaskId: "is missing" }),
    ...problemsOfArguments(unusable),
  };
  return {
    state: {
      ...(usable as Partial<StateWithoutLinks> as StateWithoutLinks),
      run: typeof run === "string" ? unreadRun(id) : run,
      expired: expired === true,
    },
    unusable,
    damaged: Object.keys(problems),
    problems: Object.entries(problems).map(([name, problem]) => `${name} ${problem}`),
    isRecorded: [runJson, links, expired, stored.actorTaskId].some((value) => value !== undefined),
  };
}

/** The run, or why there is none. */
function runFrom(id: string, runJson: unknown): RunRecord | string {
  if (runJson === undefined) return "is missing";
  const json = typeof runJson === "string" ? parseJson(runJson) : undefined;
  const run = runSchema.safeParse(json).data;
  if (run === undefined) return "describes no run";
  if (run.id !== id) return "is of another run";
  return isStoredUnread(json as RunRecord) ? unreadRun(id) : run;
}

function missingOrOdd(value: unknown): string {
  return value === undefined ? "is missing" : "is not of the form that this version knows";
}

function areLinks(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { console, datasetConsole, datasetItems } = value as Properties;
  return (
    typeof console === "string" &&
    [datasetConsole, datasetItems].every((link) => link === undefined || typeof link === "string")
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The hidden inputs of a stored resource, without those that are not of their kind. */
export function usableHidden(properties: Properties): HiddenInputs {
  const { __urn, __organization, __timeLimitSecs } = properties;
  return {
    ...(typeof __urn === "string" ? { __urn } : {}),
    ...(typeof __organization === "string" ? { __organization } : {}),
    ...(typeof __timeLimitSecs === "object" && __timeLimitSecs !== null ? { __timeLimitSecs } : {}),
  };
}
