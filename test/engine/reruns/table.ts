/** What the next `pulumi up` does. */
export type Next =
  | "runs again"
  | "adopts that run"
  | "waits on for the same run"
  | "stores it, runs nothing"
  | "nothing"
  | "decides once it is known";

/** A row: what happened is its name. */
interface Row {
  readonly next: Next;
  /** What `preview` names as the reason of a replacement or an update. */
  readonly names?: string;
  readonly why: string;
}

/** When a task is run again and when it is not: the table of docs/reruns.md, with a test for each row. */
export const rows = {
  "nothing at all": { next: "nothing", why: "the run is good" },
  "`actorTaskId` changed": {
    next: "runs again",
    names: "`actorTaskId`",
    why: "it is another task",
  },
  "a value in `input` changed, at any depth, or the order of a list": {
    next: "runs again",
    names: "`input`",
    why: "other input, other data",
  },
  "only the order of keys in `input` changed, or `/` for `~` in `actorTaskId`": {
    next: "nothing",
    why: "the request is the same",
  },
  "`build`, `maxItems`, `maxTotalChargeUsd`, `triggers` or `idempotencyKey` changed, or was left out":
    {
      next: "runs again",
      names: "that argument",
      why: "it decides what the run delivers, or exists to ask for another run",
    },
  "`adoptRunId` names another run": {
    next: "adopts that run",
    names: "`adoptRunId`",
    why: "it names the run of this resource",
  },
  "`adoptRunId` was removed again": { next: "nothing", why: "the adopted run stays" },
  "another argument changed, or the data got too old, while `adoptRunId` is set": {
    next: "nothing",
    why: "`adoptRunId` names the run; other changes take effect once it is removed, and the row says so",
  },
  "a value that decides the run is not known yet": {
    next: "decides once it is known",
    names: "that argument",
    why: "`preview` has to assume a change; `up` compares the value, and runs again only if it differs",
  },
  "`trackBuild`: the tag points to another build than the one that ran": {
    next: "runs again",
    names: "`trackedBuild`",
    why: "there is a new build, `trackedBuild: 0.1.3 => 0.1.4`",
  },
  "`trackBuild`: the tag was moved between the lookup and the start": {
    next: "nothing",
    why: "the comparison is with the build that the run was started with",
  },
  "`trackTask`: the saved task was edited (Actor, input or options)": {
    next: "runs again",
    names: "`trackedTask`",
    why: "the same arguments now run something else",
  },
  "`trackTask`: only the name or title of the task was edited": {
    next: "nothing",
    why: "it runs the same",
  },
  "`trackBuild`, `trackTask`: the lookup fails": {
    next: "nothing",
    why: "no change is known; the row says so",
  },
  "a rerun failed": {
    next: "runs again",
    names: "what the failed rerun was for",
    why: "the failed rerun was not recorded, so the reason still holds",
  },
  "the last run did not succeed: recorded with `onFailure: continue`, or seen by a refresh": {
    next: "runs again",
    names: "`status`",
    why: "there is no good data",
  },
  "`acceptStatuses` no longer holds the status of the last run": {
    next: "runs again",
    names: "`status`",
    why: "the run no longer counts as good",
  },
  "`acceptStatuses` now holds the status of the last run": {
    next: "nothing",
    why: "the run counts as good now",
  },
  "the last run started longer than `maxAgeSecs` ago": {
    next: "runs again",
    names: "`maxAgeSecs`",
    why: "the data is too old",
  },
  "a tick of `cron` since the last run started": {
    next: "runs again",
    names: "`cron`",
    why: "the data is too old",
  },
  "`maxAgeSecs`, `cron` or `timeZone` changed, and the last run is young enough for it": {
    next: "nothing",
    why: "the data is fresh",
  },
  "the run is still running, and is waited for": {
    next: "waits on for the same run",
    names: "an update",
    why: "resuming an interrupted wait, or removing `waitSecs: 0`, starts no other run",
  },
  "the run is still running, and `waitSecs` is 0": { next: "nothing", why: "nobody waits for it" },
  "`onDelete`, `onExpired` or `account` changed, or `trackTask` was turned on": {
    next: "stores it, runs nothing",
    names: "an update",
    why: "a refresh, a delete or the next comparison reads it from the state",
  },
  "`timeoutSecs`, `memoryMbytes`, `restartOnError` or `webhooks` changed": {
    next: "nothing",
    why: "it takes effect with the next run, and the row says so",
  },
  "`waitSecs`, `startWaitSecs`, `onFailure` or `showLog` changed": {
    next: "nothing",
    why: "it concerns the deployment, not the run",
  },
  "Apify has deleted the run, seen by a refresh, with `onExpired: keep`": {
    next: "nothing",
    why: "ids and outputs are kept, `expired` is true",
  },
  "Apify has deleted the run, seen by a refresh, with `onExpired: rerun`": {
    next: "runs again",
    names: "`expired`",
    why: "the data is gone",
  },
  "`pulumi up --replace <urn>`": {
    next: "runs again",
    names: "a replacement",
    why: "you asked for it",
  },
  "the token was rotated, in the configuration or the environment": {
    next: "nothing",
    why: "no resource contains the token; Pulumi shows an update of its own provider entry",
  },
  "the resource was renamed, with an alias": { next: "nothing", why: "it is the same resource" },
  "the resource was moved to another stack (`pulumi state move`)": {
    next: "nothing",
    why: "it is the same resource; neither stack has anything to do",
  },
} as const satisfies Readonly<Record<string, Row>>;

/** What happened. */
export type RowName = keyof typeof rows;

/** The table in Markdown, laid out as prettier does. */
export function renderTable(): string {
  const cells: readonly (readonly string[])[] = [
    ["What happened", "The next `pulumi up`", "`preview` names", "Why"],
    ...Object.entries<Row>(rows).map(([what, { next, names, why }]) => [
      what,
      next,
      names ?? "–",
      why,
    ]),
  ];
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(...cells.map((line) => (line[column] ?? "").length)),
  );
  const line = (texts: readonly string[]): string =>
    `| ${texts.map((text, column) => text.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const [head = [], ...body] = cells;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...body.map(line)].join("\n");
}
