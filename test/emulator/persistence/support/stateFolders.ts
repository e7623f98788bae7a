import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startTestEmulator } from "../../support/emulator";
import type { TestEmulator, TestOptions } from "../../support/emulator";

/** Folders for the data of emulators. */
export interface StateFolders {
  readonly newFolder: () => string;
  /** Starts an emulator with what another one has stored that is killed at this moment. */
  readonly afterKill: (folder: string, options?: TestOptions) => Promise<TestEmulator>;
}

/** Creates folders, and deletes them after the enclosing suite. */
export function stateFolders(): StateFolders {
  let folders: string;
  let count = 0;
  before(() => {
    folders = mkdtempSync(join(tmpdir(), "state-"));
  });
  after(() => {
    rmSync(folders, { recursive: true });
  });
  const newFolder = (): string => join(folders, String((count += 1)));
  return {
    newFolder,
    afterKill: (folder, options = {}) => {
      const copy = newFolder();
      cpSync(join(folder, "journal.jsonl"), join(copy, "journal.jsonl"));
      return startTestEmulator({ stateFolder: copy, ...options });
    },
  };
}
