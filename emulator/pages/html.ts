import { visibleText } from "./visibleText";

/** Markup that this file has made. A class with a private field: nothing else is taken for it. */
class Markup {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  static textOf(markup: Markup): string {
    return markup.#text;
  }
}

/** Markup. Only the `html` template makes it, so that text cannot become markup by accident. */
export type Html = Markup;

/** What a template takes: text is escaped, markup is not, and `undefined` is left out. */
export type Content = string | number | Html | undefined | readonly Content[];

/** Markup from a template. Texts in it are escaped, and their invisible characters are shown. */
export function html(parts: TemplateStringsArray, ...contents: readonly Content[]): Html {
  const text = parts.map((part, index) => part + rendered(contents[index])).join("");
  return new Markup(text);
}

/** The text of markup, to be sent. */
export function markupText(markup: Html): string {
  return Markup.textOf(markup);
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** A text as it stands in markup. */
export function escaped(text: string): string {
  return visibleText(text).replace(/[&<>"']/g, (character) => entities[character] ?? "");
}

function rendered(content: Content): string {
  if (content === undefined) return "";
  if (content instanceof Markup) return Markup.textOf(content);
  if (typeof content === "string") return escaped(content);
  if (typeof content === "number") return String(content);
  return content.map(rendered).join("");
}
