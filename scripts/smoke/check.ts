import type { Scene } from "./scene";

/** A check of one assumption of docs/assumptions.md. */
export interface Check {
  readonly id: string;
  /** The id of the assumption. */
  readonly assumption: string;
  /** The assumption, as the page words it. */
  readonly title: string;
  /** Returns what was seen if the assumption holds. Throws through `must` or `needs` otherwise. */
  readonly run: (scene: Scene) => Promise<string>;
}
