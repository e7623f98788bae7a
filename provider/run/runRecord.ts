import type { Run } from "../apify/schemas/run";

/** A run that exists and could not be read yet: only its id is known. */
export interface UnreadRun extends NothingElse {
  readonly id: string;
  /** Stands for a run that has not ended. */
  readonly status: "READY";
  /** Tells it from a `Run`: no answer of Apify's has this field. */
  readonly unread: true;
}

/** The other fields of a run, which an unread one does not have. */
type NothingElse = {
  readonly [
    Field in keyof Run as string extends Field
      ? never
      : number extends Field
        ? never
        : Exclude<Field, "id" | "status">
  ]?: undefined;
};

/** What is known of a run: Apify's latest description, or only that it exists. */
export type RunRecord = Run | UnreadRun;

/** The record of a run of which only the id is known. */
export function unreadRun(id: string): UnreadRun {
  return { id, status: "READY", unread: true };
}

/** Whether a run was read at least once, so that more than its id is known. */
export function wasRead(record: RunRecord): record is Run {
  return record.unread !== true;
}

/** Whether a stored description stands for a run that could not be read. */
export function isStoredUnread(stored: RunRecord): boolean {
  // Version 0.1.0 stored empty texts for what it did not know. No run that was read has them.
  return !wasRead(stored) || stored.defaultDatasetId === "";
}
