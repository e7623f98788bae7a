import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { condensed, normalized } from "./condense";

/** A README whose blocks of commands and output are held against what really happens. */
export interface Readme {
  /** The script of a block: the lines that begin with `$`. */
  scriptOf(block: string): string;
  /**
   * Fails when the output of the block is not this one. With `UPDATE_README=1` in the environment it
   * is put into the README instead.
   */
  shows(block: string, output: string): void;
}

/** Opens a README. A block is a fence of `console` behind `<!-- output: NAME -->`. */
export function openReadme(path: string): Readme {
  const blockOf = (name: string): { commands: string; output: string } => {
    const [, commands, output] = patternOf(name).exec(readFileSync(path, "utf8")) ?? [];
    assert.ok(commands !== undefined && output !== undefined, `${path} has no block "${name}"`);
    return { commands, output: output.trim() };
  };
  return {
    scriptOf: (block) => blockOf(block).commands.replace(/^\$ /gm, ""),
    shows: (block, output) => {
      const { commands, output: documented } = blockOf(block);
      const shown = condensed(output);
      if (normalized(shown) === normalized(documented)) return;
      if (process.env.UPDATE_README !== "1") assert.fail(differs(path, block, documented, shown));
      const text = readFileSync(path, "utf8").replace(
        patternOf(block),
        () => `<!-- output: ${block} -->\n\n\`\`\`console\n${commands}${shown}\n\`\`\``,
      );
      writeFileSync(path, text);
    },
  };
}

function patternOf(block: string): RegExp {
  return new RegExp(`<!-- output: ${block} -->\\n+\`\`\`console\\n((?:\\$ .*\\n)+)([^]*?)\`\`\``);
}

function differs(path: string, block: string, documented: string, shown: string): string {
  return [
    `Block "${block}" of ${path} shows another output than its command has`,
    "(UPDATE_README=1 puts the real one in). It shows:",
    normalized(documented),
    "",
    "It is:",
    normalized(shown),
  ].join("\n");
}
