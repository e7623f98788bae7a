import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Makes sure that one process uses a folder; returns a function that lets others use it again. The
 * lock of a process that was killed does not count.
 *
 * @throws Error if another process uses the folder
 */
export function lockFolder(folder: string): () => void {
  const file = join(folder, "lock");
  if (!create(file)) {
    const owner = Number(readFileSync(file, "utf8"));
    if (isAlive(owner)) {
      throw new Error(
        `Another emulator (process ${owner}) uses ${folder}. End it, or give --state another folder.`,
      );
    }
    rmSync(file);
    if (!create(file)) return lockFolder(folder);
  }
  return () => {
    rmSync(file, { force: true });
  };
}

/** Creates the file together with its content, which another process may read at once. */
function create(file: string): boolean {
  const complete = `${file}.${process.pid}`;
  writeFileSync(complete, String(process.pid));
  try {
    linkSync(complete, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(complete);
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is alive, and belongs to another user.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
