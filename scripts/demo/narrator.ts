/** Says what happens between the commands' own output. */
export interface Narrator {
  /** Begins a new part. */
  readonly part: (title: string) => void;
  /** Paragraphs, wrapped to the terminal. */
  readonly tell: (...paragraphs: readonly string[]) => void;
  /** Lines as they are: code, or commands to copy. */
  readonly show: (...lines: readonly string[]) => void;
  /** The command that runs next. */
  readonly command: (folder: string, line: string) => void;
  /** One line about what was checked and holds. */
  readonly checked: (what: string) => void;
}

const widest = 100;

/** Narrates on a terminal or into a pipe; colours only where they are shown. */
export function narrator(output: NodeJS.WriteStream): Narrator {
  const coloured = output.isTTY && (process.env.NO_COLOR ?? "") === "";
  const paint = (code: number, text: string): string =>
    coloured ? `\u001b[${code}m${text}\u001b[0m` : text;
  const write = (...lines: readonly string[]): void => void output.write(`${lines.join("\n")}\n`);
  const width = Math.min(output.isTTY ? output.columns || widest : widest, widest);
  return {
    part: (title) => {
      const rule = "─".repeat(Math.max(3, width - title.length - 4));
      write("", paint(1, `── ${title} ${rule}`));
    },
    tell: (...paragraphs) => {
      for (const paragraph of paragraphs) write("", ...wrapped(paragraph, width));
    },
    show: (...lines) => {
      write("", ...lines);
    },
    command: (folder, line) => {
      write("", `${folder} ${paint(1, `$ ${line}`)}`);
    },
    checked: (what) => {
      write("", ...wrapped(`${paint(32, "✓")} ${what}`, width));
    },
  };
}

/** A line that begins with "- " hangs its later lines under its text. */
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
