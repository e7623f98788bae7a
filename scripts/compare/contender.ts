import type { World } from "../../test/faults/support/world";

/** How an attempt ended. */
export interface Ending {
  /** `SUCCEEDED`, or how it failed. */
  readonly outcome: string;
  /** All that the user has of it: what it returned, and what it printed. */
  readonly told: string;
}

/** One process that gets its result from the task. */
export interface Attempt {
  readonly ending: Promise<Ending>;
  /** Ends the process as SIGKILL does. */
  kill(): void;
}

/** One way to run a task and to wait for its result. */
export interface Contender {
  readonly name: string;
  /** Makes it ready in a world; what it returns is called once for each process. */
  enter(world: World): () => Attempt;
}

/** What all contenders run. */
export const task = "janedoe~quick";
export const input = { startUrls: [{ url: "https://example.com" }] };
