import { pages, textOf } from "./pages";

/** A fenced block of a page. */
export interface CodeBlock {
  /** `PAGE:LINE` of its first line. */
  readonly where: string;
  /** The word behind the fence; empty if there is none. */
  readonly language: string;
  readonly text: string;
  /** What a fragment needs before it to compile, which the page has in a comment: `<!-- prelude:`, a line break, the code. */
  readonly prelude: string;
}

const fence = /(?:<!-- prelude:\n([^]*?)-->\n+)?^( *)```(\w*)\n([^]*?)^\2```$/gm;

/** The fenced blocks of a text. */
export function codeBlocksIn(page: string, markdown: string): readonly CodeBlock[] {
  return [...markdown.matchAll(fence)].map((match) => {
    const [whole, prelude = "", , language = "", text = ""] = match;
    const before = markdown.slice(0, match.index + whole.indexOf("```"));
    const line = before.split("\n").length + 1;
    return { where: `${page}:${line}`, language, text, prelude };
  });
}

/** The fenced blocks of all pages of this repository. */
export function codeBlocks(): readonly CodeBlock[] {
  return pages().flatMap((page) => codeBlocksIn(page, textOf(page)));
}

/** The code between backticks in the running text of a page. */
export function inlineCodeIn(markdown: string): readonly string[] {
  return [...markdown.replace(fence, "").matchAll(/`([^`\n]+)`/g)].map(([, code = ""]) => code);
}
