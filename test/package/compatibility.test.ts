import assert from "node:assert/strict";
import { compatibilityPath } from "../../scripts/matrix/report";
import { nodeReleases, pulumiVersions } from "../../scripts/matrix/versions";
import { textOf } from "./support/pages";

/** The cells of the table of the page, row by row. */
function table(): readonly (readonly string[])[] {
  const [, generated = ""] =
    /<!-- generated: matrix -->([^]*?)<!-- end -->/.exec(textOf(compatibilityPath)) ?? [];
  return generated
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

describe("the page on compatibility", () => {
  const [head = [], , ...rows] = table();
  const { lowest, pinned } = pulumiVersions();

  it("has the lowest @pulumi/pulumi that package.json allows, the one that it uses, and a newer one", () => {
    const versions = rows.map(([first = ""]) => first.split(",")[0] ?? "");
    assert.ok(versions.includes(lowest), "run `npm run test:matrix`");
    assert.ok(versions.includes(pinned), "run `npm run test:matrix`");
    assert.equal(versions.length, 3);
  });

  it("has the oldest Node that package.json allows, and the later releases", () => {
    const { engines } = JSON.parse(textOf("package.json")) as {
      readonly engines: { readonly node: string };
    };
    assert.equal(engines.node, `>=${nodeReleases[0]}`);
    const releases = head.slice(1).map((cell) => /^Node (\d+)\./.exec(cell)?.[1]);
    assert.deepEqual(releases, nodeReleases);
  });

  it("says of each pair that it works", () => {
    const results = new Set(rows.flatMap((cells) => cells.slice(1)));
    assert.deepEqual([...results], ["works"]);
  });

  it("names the lowest versions in its text", () => {
    const [text = ""] = textOf(compatibilityPath).split("##");
    assert.ok(text.includes(`Node ${nodeReleases[0]} `) && text.includes(` ${lowest} `), text);
  });
});
