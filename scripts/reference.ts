import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { referencePath, withGeneratedParts } from "./reference/page";
import { root } from "./testing/tool";

/** Makes the generated parts of docs/reference.md anew from the sources. */
async function reference(): Promise<void> {
  const path = join(root, referencePath);
  writeFileSync(path, await withGeneratedParts(readFileSync(path, "utf8")));
}

reference().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
