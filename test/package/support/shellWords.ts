/** One command of a script, as its program and arguments. */
export type Command = readonly string[];

const token =
  /[^\S\n]*(?:(\\\n)|(#[^\n]*)|(\n|&&|\|\||[;&|])|((?:'[^']*'|"[^"]*"|\\.|[^\s;&|'"\\])+))/gy;

/**
 * The commands of a script that has neither loops nor conditions. Variables that are set for a command alone are left out, and
 * quotes are removed.
 */
export function commandsIn(script: string): readonly Command[] {
  const commands: string[][] = [[]];
  let read = 0;
  for (const [whole, , , end, word] of script.trimEnd().matchAll(token)) {
    read += whole.length;
    if (end !== undefined) commands.push([]);
    if (word !== undefined) commands.at(-1)?.push(word.replace(/['"]/g, ""));
  }
  if (read < script.trimEnd().length) throw new Error(`This is no simple script: ${script}`);
  return commands
    .map((words) => words.slice(words.findIndex((word) => !/^\w+=/.test(word))))
    .filter((words) => words.length > 0);
}
