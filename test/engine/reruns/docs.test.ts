import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { argumentNames } from "../../../provider/resources/taskRun/arguments";
import { renderTable } from "./table";

const repository = resolve(__dirname, "../../..");
const textOf = (file: string): string => readFileSync(resolve(repository, file), "utf8");

describe("the documents", () => {
  it("have the table of reruns that is tested, and no other", () => {
    const tables = textOf("docs/reruns.md").match(/^\| What happened .*\n(\|.*\n)+/gm) ?? [];
    assert.deepEqual(
      tables.map((table) => table.trimEnd()),
      [renderTable()],
    );
  });

  it("describe each argument in the README, once", () => {
    const rows = [...textOf("README.md").matchAll(/^\| ((?:`\w+`(?:, )?)+) +\|.*\|.*\|.*\|$/gm)];
    const described = rows.flatMap(([, names = ""]) => names.replaceAll("`", "").split(", "));
    for (const name of argumentNames) {
      assert.equal(described.filter((each) => each === name).length, 1, name);
    }
  });
});
