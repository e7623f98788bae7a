import type { PageRequest } from "./pageRequest";

/** What was just done, by its name in the address that a form leads to. */
const notices = {
  aborted: "The run was told to stop.",
  resurrected: "The run goes on.",
  expired: "The run and its storages were deleted, as after the retention period.",
  started: "The run was started.",
  built: "The build was added.",
  tagged: "The tag was moved.",
  injected: "The fault is waiting for its request.",
  removed: "The fault was removed.",
} as const;

/** Something that a form has done. */
export type Done = keyof typeof notices;

/** The page that a form leads to, which says what was done. */
export function pathAfter(path: string, done: Done): string {
  return `${path}?done=${done}`;
}

/** The message about what was just done. */
export function noticeOf({ query }: PageRequest): string | undefined {
  const done = query.get("done") ?? "";
  return Object.hasOwn(notices, done) ? notices[done as Done] : undefined;
}
