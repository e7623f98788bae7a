import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { allChecks } from "../../../scripts/smoke/checks";
import { root } from "../../../scripts/testing/tool";

/** An assumption as the page describes it. */
interface Described {
  readonly id: string;
  /** Without backticks. */
  readonly title: string;
  readonly body: string;
  /** The id of its check, if it has one. */
  readonly check: string | undefined;
}

const page = readFileSync(join(root, "docs/assumptions.md"), "utf8");

function described(): readonly Described[] {
  const [, ...sections] = page.split(/^### /m);
  return sections.map((section) => {
    const [, id = "", title = ""] = /^(\w+) (.+)$/m.exec(section) ?? [];
    const check = /^- Check: `([\w-]+)`$/m.exec(section)?.[1];
    return { id, title: title.replaceAll("`", ""), body: section, check };
  });
}

describe("docs/assumptions.md", () => {
  it("names the check of each assumption, and the checks name theirs in the same words", () => {
    const ofPage = described().flatMap(({ id, title, check }) =>
      check === undefined ? [] : [`${check}: ${id} ${title}`],
    );
    const ofChecks = allChecks.map(({ id, assumption, title }) => `${id}: ${assumption} ${title}`);
    assert.deepEqual([...ofPage].sort(), [...ofChecks].sort());
  });

  it("gives each id once", () => {
    const ids = described().map(({ id }) => id);
    assert.deepEqual(ids, [...new Set(ids)]);
    const checks = allChecks.map(({ id }) => id);
    assert.deepEqual(checks, [...new Set(checks)]);
  });

  it("has of each assumption a source, what breaks, where it is, and a check or why there is none", () => {
    const parts =
      /^[^\n]+\n\n- Source: .+\n- If not: .+\n- Code: `.+`\n- (Check: `|No check: ).+\n/;
    const odd = described().filter(({ body }) => !parts.test(body));
    assert.deepEqual(
      odd.map(({ id }) => id),
      [],
    );
  });

  it("names code that exists", () => {
    const paths = [...page.matchAll(/`(provider\/[\w./]+)`/g)].map(([, path = ""]) => path);
    const missing = paths.filter((path) => !existsSync(join(root, path)));
    assert.deepEqual(missing, []);
  });

  it("has a target for each of its links, and no line of more than 120 characters", () => {
    const used = new Set([...page.matchAll(/\]\[([\w-]+)\]/g)].map(([, name]) => name));
    const given = new Set([...page.matchAll(/^\[([\w-]+)\]: https:/gm)].map(([, name]) => name));
    assert.deepEqual([...used].sort(), [...given].sort());
    const wide = page.split("\n").filter((line) => Array.from(line).length > 120);
    assert.deepEqual(wide, []);
  });
});
