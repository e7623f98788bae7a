import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./checkout";

const folders = ["docs", "emulator", "examples", "provider", "scripts", "test"];

/** The Markdown pages of this repository, as paths from its top. */
export function pages(): readonly string[] {
  const below = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((path) =>
      join(folder, path),
    ),
  );
  return [...readdirSync(root), ...below].filter(
    (path) => path.endsWith(".md") && !path.includes("node_modules"),
  );
}

/** The text of a file of this repository. */
export function textOf(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

/** The links of a page that lead into this repository, with what is behind `#`. */
export function linksIn(markdown: string): readonly string[] {
  return [...withoutFences(markdown).matchAll(/\]\(([^)\s]+)\)|^\[[^\]]+\]: (\S+)/gm)]
    .map(([, inline, defined]) => inline ?? defined ?? "")
    .filter((link) => !/^[a-z]+:/.test(link));
}

/** The addresses of the web in the running text of a page. */
export function addressesIn(markdown: string): readonly string[] {
  return withoutFences(markdown).match(/\b[a-z]+:\/\/[^\s)>`"'|]+/g) ?? [];
}

/** The anchors that GitHub gives the headings of a page. */
export function anchorsIn(markdown: string): readonly string[] {
  const counts = new Map<string, number>();
  return [...withoutFences(markdown).matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) => {
    const slug = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, "")
      .replaceAll(" ", "-");
    const count = counts.get(slug) ?? 0;
    counts.set(slug, count + 1);
    return count === 0 ? slug : `${slug}-${count}`;
  });
}

function withoutFences(markdown: string): string {
  return markdown.replace(/^ *```[^]*?^ *```/gm, "");
}
