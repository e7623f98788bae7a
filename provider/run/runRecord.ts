import type { Run } from "../apify/schemas/run";

/** A run that exists but could not be read yet: only its id is known. */
export interface UnreadRun extends NothingElse {
  readonly id: string;
  /** Makes an unread run count as one that has not ended. */
  readonly status: "READY";
  /** Distinguishes it from a `Run`: Apify's responses never have this field. */
  readonly unread: true;
}

/** The other fields of a `Run`, all absent. */
type NothingElse = {
  readonly [
    Field in keyof Run as string extends Field
      ? never
      : number extends Field
        ? never
        : Exclude<Field, "id" | "status">
  ]?: undefined;
};

/** What is known about a run: Apify's latest description, or only that it exists. */
export type RunRecord = Run | UnreadRun;

/** The record of a run when only its id is known. */
export function unreadRun(id: string): UnreadRun {
  return { id, status: "READY", unread: true };
}

/** Whether a run has been read at least once, so that more than its id is known. */
export function wasRead(record: RunRecord): record is Run {
  return record.unread !== true;
}

/** Whether a stored description is only a placeholder for a run that could not be read. */
export function isStoredUnread(stored: RunRecord): boolean {
  // Version 0.1.0 stored empty texts for what it did not know. No run that was read has them.
  return !wasRead(stored) || stored.defaultDatasetId === "";
}
