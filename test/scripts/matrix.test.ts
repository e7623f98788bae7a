import assert from "node:assert/strict";
import { matrixTable, withMatrix, type MatrixResult } from "../../scripts/matrix/report";

const result: MatrixResult = {
  date: "26 November 2026",
  cli: "3.274.1",
  pulumi: { "3.139.0": "the lowest", "3.245.0": "of the other tests" },
  cells: [
    { node: "20.20.2", pulumi: "3.139.0", failed: [] },
    { node: "22.23.3", pulumi: "3.139.0", failed: ["types", "native plugin"] },
    { node: "20.20.2", pulumi: "3.245.0", failed: [] },
  ],
};

describe("the compatibility matrix", () => {
  it("has a row for each @pulumi/pulumi and a column for each Node, and says what fails or was not run", () => {
    const rows = matrixTable(result).split("\n").slice(2);
    assert.deepEqual(rows, [
      "| `@pulumi/pulumi` | Node 20.20.2 | Node 22.23.3 |",
      "| --- | --- | --- |",
      "| 3.139.0, the lowest | works | fails: types, native plugin |",
      "| 3.245.0, of the other tests | works | not run |",
    ]);
  });

  it("names the day, the CLI and the platform", () => {
    const [first = ""] = matrixTable(result).split("\n");
    assert.match(first, /26 November 2026.* CLI 3\.274\.1.*linux|darwin|win32/);
  });

  it("is put between its marks, and nowhere else", async () => {
    const page = "# Page\n\n<!-- generated: matrix -->\n\nold\n\n<!-- end -->\n\nafter\n";
    assert.equal(
      await withMatrix(page, "new"),
      "# Page\n\n<!-- generated: matrix -->\n\nnew\n\n<!-- end -->\n\nafter\n",
    );
    await assert.rejects(async () => withMatrix("# Page\n", "new"), /no place for the matrix/);
  });
});
