import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../../scripts/testing/tool";

/** The program in a language that docs/languages.md shows. */
export function documentedProgram(language: string): string {
  const page = readFileSync(join(root, "docs/languages.md"), "utf8");
  const [, program] =
    new RegExp(`<!-- program: ${language} -->\\n+\`\`\`\\w+\\n([^]*?)\`\`\``).exec(page) ?? [];
  assert.ok(program !== undefined, `docs/languages.md has no program in ${language}`);
  return program;
}
