import type { Emulator, JsonObject } from "../../../emulator";
import type { Opened } from "../support/describeEngine";

/** Stand for the ids of two runs that somebody else started, in the arguments of a {@link Change}. */
export const strangers = ["FirstStranger", "SecondStranger"] as const;

/** What happens to one TaskRun between two deployments. */
export interface Change {
  /** Its arguments in the first deployment; it runs the task `janedoe~scrape` unless they say otherwise. */
  readonly before?: JsonObject;
  /** Its arguments in the second one. Default: the same. */
  readonly after?: JsonObject;
  /** What happens at Apify in between; a refresh sees it. */
  readonly meanwhile?: (emulator: Emulator, runId: string) => void;
  /** What `preview` names. Default: the name of the change. */
  readonly because?: string;
  /** Words that the row has in the second deployment; `RUN` stands for the id of the first run. */
  readonly says?: string;
}

/** The changes that make up a row; each name is that of a TaskRun, no two are the same. */
export type Changes = Readonly<Record<string, Change>>;

/** A row that takes commands of its own. It has a sandbox to itself. */
export type CommandScenario = (sandbox: Opened) => Promise<void>;

/** How a row is tested. */
export type Scenario = Changes | CommandScenario;
