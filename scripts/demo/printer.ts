/** Prints the demo's texts between the output of the commands. */
export interface Printer {
  /** The title of a new part. */
  readonly heading: (title: string) => void;
  /** Paragraphs, wrapped to the terminal. */
  readonly text: (...paragraphs: readonly string[]) => void;
  /** Lines that are not wrapped: code, or commands to copy. */
  readonly lines: (...lines: readonly string[]) => void;
  /** The command that runs next. */
  readonly command: (folder: string, line: string) => void;
  /** A fact that the demo has checked. */
  readonly check: (what: string) => void;
}

const maxWidth = 100;

/** Creates a printer. It uses colours only on a terminal. */
export function createPrinter(output: NodeJS.WriteStream): Printer {
  const coloured = output.isTTY && (process.env.NO_COLOR ?? "") === "";
  const paint = (code: number, text: string): string =>
    coloured ? `\u001b[${code}m${text}\u001b[0m` : text;
  const write = (...lines: readonly string[]): void => void output.write(`${lines.join("\n")}\n`);
  const width = Math.min(output.isTTY ? output.columns || maxWidth : maxWidth, maxWidth);
  return {
    heading: (title) => {
      const rule = "─".repeat(Math.max(3, width - title.length - 4));
      write("", paint(1, `── ${title} ${rule}`));
    },
    text: (...paragraphs) => {
      for (const paragraph of paragraphs) write("", ...wrapped(paragraph, width));
    },
    lines: (...lines) => {
      write("", ...lines);
    },
    command: (folder, line) => {
      write("", `${folder} ${paint(1, `$ ${line}`)}`);
    },
    check: (what) => {
      write("", ...wrapped(`${paint(32, "✓")} ${what}`, width));
    },
  };
}

/** Wraps a paragraph. The lines after the first of a list item ("- ") are indented. */
export function wrapped(paragraph: string, width: number): readonly string[] {
  return paragraph.split("\n").flatMap((line) => {
    const indent = line.startsWith("- ") ? "  " : "";
    const lines: string[] = [];
    for (const word of line.split(" ")) {
      const last = lines.at(-1);
      if (last !== undefined && last.length + 1 + word.length <= width) {
        lines[lines.length - 1] = `${last} ${word}`;
      } else {
        lines.push(last === undefined ? word : indent + word);
      }
    }
    return lines;
  });
}
