import { html } from "./html";
import type { Html } from "./html";

/** Apify's SDK colours its log with ESC [ … m (SGR), also when nobody looks at a terminal. */
// eslint-disable-next-line no-control-regex -- ESC is what it is about
const colourCode = /\u001b\[([0-9;]{0,32})m/;

/** The colours that logs use. Other codes are left out: they would only style the text. */
const colours: Readonly<Record<string, string>> = {
  "30": "dim",
  "31": "red",
  "32": "green",
  "33": "yellow",
  "34": "blue",
  "35": "magenta",
  "36": "cyan",
  "90": "dim",
  "91": "red",
  "92": "green",
  "93": "yellow",
  "94": "blue",
  "95": "magenta",
  "96": "cyan",
};

/** Codes that end a colour: a reset and the default colour. */
const endings: ReadonlySet<string> = new Set(["", "0", "39"]);

/** A line of a log with its colours. */
export function colouredText(line: string): Html {
  // With a group in the pattern, every other part is the codes of a sequence.
  const parts = line.split(colourCode);
  let colour: string | undefined;
  const shown = parts.map((part, index) => {
    if (index % 2 === 1) {
      colour = colourAfter(part, colour);
      return undefined;
    }
    if (part === "") return undefined;
    return colour === undefined ? part : html`<span class="ink-${colour}">${part}</span>`;
  });
  return html`${shown}`;
}

function colourAfter(codes: string, before: string | undefined): string | undefined {
  return codes.split(";").reduce((colour: string | undefined, code) => {
    if (endings.has(code)) return undefined;
    return colours[code] ?? colour;
  }, before);
}
