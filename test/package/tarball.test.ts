import assert from "node:assert/strict";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, posix } from "node:path";
import { copyCheckout, output, root } from "./support/checkout";
import { linksIn } from "./support/pages";

/** What somebody who works in a checkout leaves there, and nobody wants to publish. */
const strays = [
  "dist/stale.js",
  "examples/quickstart/Pulumi.dev.yaml",
  "examples/quickstart/node_modules/left-pad/package.json",
  "provider/node_modules/left-pad/package.json",
];

/** The code of the emulator, and the files of its pages. */
const emulator = ["index.js", "main.js", "assets/live.js", "assets/style.css"].map(
  (name) => `dist/emulator/${name}`,
);

/** The native plugin, which is one file, and what belongs to it. */
const plugin = [
  "pulumi-resource-apify",
  // What starts it on Windows.
  "pulumi-resource-apify.cmd",
  // What tells Node which kind of module it is.
  "package.json",
  "THIRD_PARTY_LICENSES",
].map((name) => `plugin/${name}`);

describe("the tarball", () => {
  let folder: string;
  let paths: readonly string[];

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "pulumi-apify-tarball-"));
    const checkout = join(folder, "checkout");
    copyCheckout(checkout);
    symlinkSync(join(root, "node_modules"), join(checkout, "node_modules"), "dir");
    for (const stray of strays) {
      mkdirSync(dirname(join(checkout, stray)), { recursive: true });
      writeFileSync(join(checkout, stray), "{}");
    }
    await output(checkout, "npm", ["pack", "--pack-destination", folder]);
    await output(folder, "tar", ["-xzf", "pulumi-apify-0.1.0.tgz"]);
    const listed = await output(join(folder, "package"), "find", [".", "-type", "f"]);
    paths = listed
      .trim()
      .split("\n")
      .map((path) => posix.normalize(path));
  });

  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const read = (path: string): string => readFileSync(join(folder, "package", path), "utf8");
  const isThere = (path: string): boolean =>
    paths.some((each) => each === path || each.startsWith(`${path}/`));

  it("holds the compiled provider, its sources, its pages and the examples, and nothing else", () => {
    const outside = paths.filter(
      (path) =>
        !/^dist\/.+\.(js|d\.ts|js\.map)$/.test(path) &&
        !emulator.includes(path) &&
        path !== "emulator/README.md" &&
        !/^provider\/.+\.ts$/.test(path) &&
        path !== "provider/native/schema.json" &&
        !plugin.includes(path) &&
        !/^(docs|examples)\//.test(path),
    );
    const expected = [
      "CHANGELOG.md",
      "CONTRIBUTING.md",
      "LICENSE",
      "README.md",
      "SECURITY.md",
      "package.json",
    ];
    assert.deepEqual([...outside].sort(), expected);
    const compiled = readdirSync(join(root, "provider"), { recursive: true, encoding: "utf8" })
      // The plugin's own code is in its bundle alone.
      .filter((path) => path.endsWith(".ts") && !path.startsWith("native/"))
      .flatMap((path) => [".js", ".d.ts"].map((end) => `dist/${path.replace(/\.ts$/, end)}`));
    assert.deepEqual(
      paths.filter((path) => /^dist\/(?!emulator\/).*\.(js|d\.ts)$/.test(path)).sort(),
      compiled.sort(),
    );
    assert.deepEqual(
      [...emulator, ...plugin].filter((path) => !isThere(path)),
      [],
    );
  });

  it("is small: less than 1 MB, which unpacked is 2.4 MB, and 1.4 MB of the native plugin", () => {
    const sizeOf = (some: readonly string[]): number =>
      some
        .map((path) => statSync(join(folder, "package", path)).size)
        .reduce((sum, size) => sum + size, 0);
    const packed = statSync(join(folder, "pulumi-apify-0.1.0.tgz")).size;
    const others = sizeOf(paths.filter((path) => !plugin.includes(path)));
    console.log(
      `      ${packed} bytes packed; unpacked ${others}, and the plugin ${sizeOf(plugin)}`,
    );
    assert.ok(packed < 1_000_000);
    assert.ok(others < 2_400_000);
    assert.ok(sizeOf(plugin) < 1_400_000);
  });

  it("holds the targets of all relative links in its pages", () => {
    const pages = paths.filter((path) => path.endsWith(".md"));
    assert.ok(pages.includes("README.md") && pages.includes("docs/reruns.md"));
    const broken = pages.flatMap((page) =>
      linksIn(read(page))
        .map((link) => link.replace(/#.*/, ""))
        .filter((link) => link !== "" && !isThere(posix.join(posix.dirname(page), link)))
        .map((link) => `${page}: ${link}`),
    );
    assert.deepEqual(broken, []);
  });

  it("holds the sources to which its source maps point", () => {
    const maps = paths.filter((path) => path.endsWith(".map"));
    assert.ok(maps.length > 50);
    const missing = maps.flatMap((map) => {
      const { sources } = JSON.parse(read(map)) as { readonly sources: readonly string[] };
      assert.notDeepEqual(sources, []);
      return sources.filter((source) => !isThere(posix.join(posix.dirname(map), source)));
    });
    assert.deepEqual(missing, []);
  });

  it("holds nothing that was lying about in the checkout", () => {
    assert.deepEqual(strays.filter(isThere), []);
  });
});
