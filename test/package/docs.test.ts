import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { outputNames } from "../../provider/program/taskRunOutputs";
import { argumentNames } from "../../provider/resources/taskRun/argumentTable";
import { referencePath, withGeneratedParts } from "../../scripts/reference/page";
import { root } from "./support/checkout";
import { addressesIn, anchorsIn, linksIn, pages, textOf } from "./support/pages";

/** What each page has of something, as `PAGE: THING`. */
function inAllPages(find: (page: string) => readonly string[]): readonly string[] {
  return pages().flatMap((page) => find(page).map((thing) => `${page}: ${thing}`));
}

function matches(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map(([, match = ""]) => match);
}

describe("the documents", () => {
  it("link to pages and headings that exist", () => {
    const broken = inAllPages((page) =>
      linksIn(textOf(page)).filter((link) => {
        const [path = "", anchor] = link.split("#");
        const target = path === "" ? page : join(dirname(page), path);
        if (!existsSync(join(root, target))) return true;
        return anchor !== undefined && !anchorsIn(textOf(target)).includes(anchor);
      }),
    );
    assert.deepEqual(broken, []);
  });

  it("name files and folders that exist", () => {
    const missing = inAllPages((page) =>
      matches(
        textOf(page),
        /`((?:\.?\/)?(?:docs|emulator|examples|provider|scripts|test)\/[\w./-]*)`/g,
      ).filter((path) => !existsSync(join(root, path))),
    );
    assert.deepEqual(missing, []);
  });

  it("name addresses of the web in a form that can be opened, and by https alone", () => {
    const wrong = inAllPages((page) =>
      addressesIn(textOf(page)).filter((address) => {
        const { protocol, hostname } = new URL(address);
        if (hostname === "127.0.0.1") return false;
        return protocol !== "https:" || !/^[\w-]+(\.[\w-]+)+$/.test(hostname);
      }),
    );
    assert.deepEqual(wrong, []);
    assert.ok(addressesIn(textOf("README.md")).length > 3);
  });

  it("have the reference that `npm run docs` writes", async () => {
    const page = textOf(referencePath);
    assert.equal(page, await withGeneratedParts(page), "run `npm run docs`");
  });

  it("describe every argument and output in the reference", () => {
    const described = matches(textOf(referencePath), /^\| `(\w+)` /gm);
    const missing = [...argumentNames, ...outputNames].filter((name) => !described.includes(name));
    assert.deepEqual(missing, []);
  });

  it("begin with a README that can be read in one go", () => {
    const lines = textOf("README.md").split("\n");
    assert.ok(lines.length <= 151, `README.md has ${lines.length - 1} lines`);
    const wide = lines.filter((line) => line.startsWith("|") && line.length > 120);
    assert.deepEqual(wide, []);
  });
});
