import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { renderTable } from "./table";

const page = resolve(__dirname, "../../../docs/reruns.md");

describe("docs/reruns.md", () => {
  it("has the table of reruns that is tested, and no other", () => {
    const tables = readFileSync(page, "utf8").match(/^\| What happened .*\n(\|.*\n)+/gm) ?? [];
    assert.deepEqual(
      tables.map((table) => table.trimEnd()),
      [renderTable()],
    );
  });
});
