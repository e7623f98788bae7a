import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { schemaPath, schemaText } from "./schema/schema";
import { root } from "./testing/tool";

/** Makes the schema of the native plugin anew from the sources. */
async function schema(): Promise<void> {
  writeFileSync(join(root, schemaPath), await schemaText());
}

schema().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
