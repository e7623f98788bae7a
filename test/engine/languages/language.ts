import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Opened } from "../support/describeEngine";
import type { Project } from "../support/project";
import type { Orders } from "../support/sandbox";

/** What a program declares. */
export interface Wanted {
  /** The input of the Task `scraper`, which the TaskRun `prices` runs. A secret note is added. */
  readonly input: Orders;
  /** More TaskRuns by their names, each of a task that exists. */
  readonly runs?: Readonly<Record<string, WantedRun>>;
}

/** A TaskRun, which may be the import of a run. */
export interface WantedRun {
  readonly task: string;
  readonly importId?: string;
}

/** A language in which a program can declare what is wanted. */
export interface Language {
  readonly name: string;
  /** As Pulumi.yaml names it. */
  readonly runtime: string;
  /** The file of a project that holds the program. */
  readonly file: string;
  readonly program: (wanted: Wanted) => string;
  /** What the CLI needs for programs in this language. */
  readonly environment: () => Promise<Readonly<Record<string, string>>>;
}

/** The text that programs use as a secret. */
export const secretNote = "hush-hush";

/** Opens a project in a language. */
export async function openLanguageProject(language: Language, sandbox: Opened): Promise<Project> {
  const { runtime } = language;
  const project = await sandbox.openProject(`shop-${runtime}`, {
    ...sandbox.environment,
    ...(await language.environment()),
  });
  setRuntime(project, runtime);
  return project;
}

/** Gives the programs of a project another runtime. */
export function setRuntime({ folder, name }: Project, runtime: string): void {
  writeFileSync(
    join(folder, "Pulumi.yaml"),
    `name: ${name}\nruntime: ${runtime}\nplugins:\n  providers:\n    - name: apify\n      path: node_modules/pulumi-apify/plugin\n`,
  );
}
