/** The log of a run: its lines, each with its time. */
export interface RunLog {
  /** Without the lines that were removed. */
  readonly lines: string[];
  /** The number of lines that were removed from the beginning. */
  removed: number;
  chars: number;
  /** Called after lines were added. */
  readonly listeners: Set<() => void>;
}

/** Apify keeps this much of a log (`LOG_MAX_CHARS` in its @apify/consts). */
const maxChars = 10_485_760;

/** Creates an empty log. */
export function createRunLog(): RunLog {
  return { lines: [], removed: 0, chars: 0, listeners: new Set() };
}

/** Adds lines. Beyond Apify's limit the oldest are removed. */
export function addLogLines(log: RunLog, lines: readonly string[]): void {
  for (const line of lines) {
    log.lines.push(line);
    log.chars += line.length + 1;
  }
  removeOldest(log);
  for (const listener of [...log.listeners]) listener();
}

/** Removes a tenth at a time: each removal moves all lines. */
function removeOldest(log: RunLog): void {
  if (log.chars <= maxChars) return;
  let count = 0;
  while (log.chars > maxChars * 0.9 && count < log.lines.length - 1) {
    log.chars -= (log.lines[count]?.length ?? 0) + 1;
    count += 1;
  }
  log.lines.splice(0, count);
  log.removed += count;
}
