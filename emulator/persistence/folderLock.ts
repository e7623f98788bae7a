import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { identifyProcess } from "./processIdentity";
import type { ProcessIdentity } from "./processIdentity";

const released = "released";
/** Far longer than a process takes to write its identity into the file that it has created. */
const creationMillis = 10_000;

/**
 * Makes sure that one process of this machine uses a folder; returns a function that lets others use it
 * again. The lock of a process that has ended does not count.
 *
 * The lock is the file `lock-N` with the highest number. Who finds that its owner has ended creates the
 * next one, which the file system lets only one process do. To replace the file of the old owner instead
 * would let two in: the second could remove the new lock, which it takes for the old one. Only an owner
 * deletes files, those below its own, so that a number is never used twice. This needs neither hard
 * links, which some file systems lack, nor file locks, which Node.js does not have.
 *
 * @throws Error if another process uses the folder
 */
export function lockFolder(folder: string): () => void {
  const fileOf = (number: number): string => join(folder, `lock-${number}`);
  for (;;) {
    const latest = Math.max(0, ...lockNumbers(folder));
    if (latest > 0) checkEnded(folder, fileOf(latest));
    const own = latest + 1;
    if (!create(fileOf(own))) continue;
    const numbers = lockNumbers(folder);
    if (Math.max(...numbers) > own) {
      // An owner has deleted the files that made this number look like the next one.
      rmSync(fileOf(own), { force: true });
      continue;
    }
    for (const number of numbers) if (number < own) rmSync(fileOf(number), { force: true });
    return () => {
      try {
        // In place, because a full disk has no room for another file.
        writeFileSync(fileOf(own), released, { flag: "r+" });
      } catch {
        // The folder was deleted, or else the end of this process releases it.
      }
    };
  }
}

function lockNumbers(folder: string): number[] {
  return readdirSync(folder).flatMap((name) => {
    const [, number] = /^lock-(\d+)$/.exec(name) ?? [];
    return number === undefined ? [] : [Number(number)];
  });
}

/** Throws if the process that created a lock may still use the folder. */
function checkEnded(folder: string, file: string): void {
  const lock = readLock(file);
  if (lock === undefined || lock.text.startsWith(released)) return;
  const owner = ownerIn(lock.text);
  if (owner === undefined) {
    // Its creator is about to write into it, or was killed before it could.
    if (Date.now() - lock.createdMillis > creationMillis) return;
    throw new Error(inUse(folder, file, "Another emulator"));
  }
  const now = identifyProcess(owner.pid);
  if (owner.place === now.place) {
    if (owner.start !== now.start) return;
    throw new Error(inUse(folder, file, `Another emulator (process ${owner.pid})`));
  }
  // Another boot of this machine: nothing has survived.
  if (bootOf(owner) !== bootOf(now)) return;
  throw new Error(inUse(folder, file, "An emulator in another container"));
}

function inUse(folder: string, file: string, who: string): string {
  return (
    `${who} uses ${folder}. End it, or give --state another folder. ` +
    `If there is no such emulator any more, delete ${file}.`
  );
}

/** Undefined if it has been deleted meanwhile. */
function readLock(file: string): { text: string; createdMillis: number } | undefined {
  try {
    return { text: readFileSync(file, "utf8"), createdMillis: statSync(file).mtimeMs };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function ownerIn(text: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(text) as ProcessIdentity;
  } catch {
    return undefined;
  }
}

function bootOf({ place }: ProcessIdentity): string {
  return place.split(" ")[0] ?? "";
}

function create(file: string): boolean {
  try {
    writeFileSync(file, JSON.stringify(identifyProcess(process.pid)), { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    // Such as a full disk.
    rmSync(file, { force: true });
    throw error;
  }
}
