import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { StringDecoder } from "node:string_decoder";
import { lockFolder } from "./folderLock";

/** The first line of a journal. A later version of the emulator may write another one. */
const header = { journal: "pulumi-apify emulator", version: 1 } as const;

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

/** A journal that can be appended to. */
export interface JournalWriter {
  /**
   * Returns once the operating system has the record, which then survives the end of this process.
   * Does nothing after `close`: an Actor that is a function cannot be stopped.
   */
  readonly append: (record: object) => void;
  readonly close: () => void;
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
  const unlock = lockFolder(folder);
  // The data has tokens in it, and the folder is often inside a project.
  writeFileSync(join(folder, ".gitignore"), "*\n");
  const file = join(folder, "journal.jsonl");
  return {
    records: () => readRecords(file),
    rewrite: (records) => {
      const replacement = `${file}.new`;
      const complete = createWriter(openSync(replacement, "w", fileMode));
      complete.append(header);
      for (const record of records) complete.append(record);
      complete.sync();
      complete.close();
      renameSync(replacement, file);
      const writer = createWriter(openSync(file, "a", fileMode));
      return {
        append: writer.append,
        close: () => {
          writer.close();
          unlock();
        },
      };
    },
    unlock,
  };
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
  const decoder = new StringDecoder("utf8");
  const chunk = Buffer.alloc(readBytes);
  let rest = "";
  try {
    for (;;) {
      const bytes = readSync(descriptor, chunk);
      if (bytes === 0) return;
      const lines = (rest + decoder.write(chunk.subarray(0, bytes))).split("\n");
      rest = lines.pop() ?? "";
      yield* lines;
    }
  } finally {
    closeSync(descriptor);
  }
}

function createWriter(descriptor: number): JournalWriter & { readonly sync: () => void } {
  let { size } = fstatSync(descriptor);
  let state: "open" | "closed" = "open";
  return {
    append: (record) => {
      // Its number may be that of another file by now.
      if (state === "closed") return;
      const bytes = Buffer.from(`${JSON.stringify(record)}\n`);
      try {
        for (let written = 0; written < bytes.length;) {
          written += writeSync(descriptor, bytes, written);
        }
      } catch (error) {
        // Half a record, such as on a full disk, would spoil those that follow.
        ftruncateSync(descriptor, size);
        throw error;
      }
      size += bytes.length;
    },
    sync: () => {
      fsyncSync(descriptor);
    },
    close: () => {
      state = "closed";
      closeSync(descriptor);
    },
  };
}
