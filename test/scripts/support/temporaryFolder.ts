import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Gives each test of the enclosing suite an empty folder of its own. */
export function temporaryFolder(): () => string {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "pulumi-apify-scripts-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  return () => folder;
}
