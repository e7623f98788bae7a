import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { lockFolder } from "./folderLock";
import { createJournalWriter } from "./journalWriter";
import type { JournalWriter } from "./journalWriter";

/** The first line of a journal. A later version of the emulator may write another one. */
const header = { journal: "pulumi-apify emulator", version: 2 } as const;

const readBytes = 2 ** 20;
/** Only the user who runs the emulator may read its data, which includes tokens. */
const fileMode = 0o600;

/** The journal of a folder, before its records were read. */
export interface StoredJournal {
  /** Reads the records that were written completely, oldest first. */
  readonly records: () => Generator;
  /** Replaces all records, for example by fewer that say the same, and opens the journal for more. */
  readonly rewrite: (records: Iterable<object>) => JournalWriter;
  /** Lets another emulator use the folder; to be called if `rewrite` is not. */
  readonly unlock: () => void;
}

/**
 * Opens the journal of a folder: a file with one JSON record a line. A record is added in a single
 * step at the end of the file, so that a process that is killed can only leave the last one incomplete;
 * it had not been answered, and is ignored.
 *
 * An append-only file, rather than an embedded database: all data is in memory anyway, so that the
 * file is only read once, at the start. It needs no dependency, and a person can read it.
 *
 * @throws Error if another emulator uses the folder, or if its file is not such a journal
 */
export function openStoredJournal(folder: string): StoredJournal {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const isNew = readdirSync(folder).length === 0;
  const unlock = lockFolder(folder);
  // The data has tokens in it, and the folder is often inside a project.
  if (isNew) writeFileSync(join(folder, ".gitignore"), "*\n");
  const file = join(folder, "journal.jsonl");
  return {
    records: () => readRecords(file),
    rewrite: (records) => {
      replaceFile(file, records);
      const writer = createJournalWriter(openSync(file, "a", fileMode));
      return {
        ...writer,
        close: () => {
          writer.close();
          unlock();
        },
      };
    },
    unlock,
  };
}

/** Leaves the file as it is if the disk has no room for the new one. */
function replaceFile(file: string, records: Iterable<object>): void {
  const replacement = `${file}.new`;
  const writer = createJournalWriter(openSync(replacement, "w", fileMode));
  const append = (record: object): void => {
    writer.append(record);
    const problem = writer.problem();
    if (problem !== undefined) throw problem;
  };
  try {
    append(header);
    for (const record of records) append(record);
    writer.sync();
  } catch (error) {
    writer.close();
    rmSync(replacement, { force: true });
    throw error;
  }
  writer.close();
  renameSync(replacement, file);
}

function* readRecords(file: string): Generator {
  if (!existsSync(file)) return;
  let number = 0;
  for (const line of completeLines(file)) {
    number += 1;
    const record = parseLine(line, `${file}, line ${number}`);
    if (number > 1) yield record;
    else checkHeader(record, file);
  }
}

function checkHeader(record: unknown, file: string): void {
  const { journal, version } = { ...(record as object | null) } as Partial<typeof header>;
  if (journal === header.journal && version === header.version) return;
  throw new Error(
    `${file} was not written by this version of the emulator. Use another folder for --state, or ` +
      `delete this file to start without its data.`,
  );
}

function parseLine(line: string, place: string): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    const message = `${place} is damaged. Delete this line to start with the rest of the data, or delete the file.`;
    throw new Error(message, { cause });
  }
}

/** The lines that end with a line break. */
function* completeLines(file: string): Generator<string> {
  const descriptor = openSync(file, "r");
  const lineBreak = 10;
  let begun: Buffer[] = [];
  try {
    for (;;) {
      const chunk = Buffer.allocUnsafe(readBytes);
      const bytes = chunk.subarray(0, readSync(descriptor, chunk));
      if (bytes.length === 0) return;
      let from = 0;
      for (let end; (end = bytes.indexOf(lineBreak, from)) !== -1; from = end + 1) {
        yield Buffer.concat([...begun, bytes.subarray(from, end)]).toString("utf8");
        begun = [];
      }
      begun.push(bytes.subarray(from));
    }
  } finally {
    closeSync(descriptor);
  }
}
