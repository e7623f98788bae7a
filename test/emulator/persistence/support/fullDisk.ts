import fs from "node:fs";
import { mock } from "node:test";

/** A disk that has no room for what this process writes, until it is freed. */
export interface FullDisk {
  readonly free: () => void;
  /** How often this process has tried to write. */
  readonly attempts: () => number;
}

/** Fills the disk up: a write may still write the half of what it should. */
export function fillDisk(): FullDisk {
  const writeSync = fs.writeSync.bind(fs);
  let writes = 0;
  const writing = mock.method(fs, "writeSync", (descriptor: number, bytes: Buffer, from = 0) => {
    writes += 1;
    const half = Math.floor((bytes.length - from) / 2);
    if (writes % 2 === 1 && half > 0) return writeSync(descriptor, bytes, from, half);
    throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
  });
  return {
    attempts: () => writes,
    free: () => {
      writing.mock.restore();
    },
  };
}
