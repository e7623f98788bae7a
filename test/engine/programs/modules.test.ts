import assert from "node:assert/strict";
import { buildSync, type BuildOptions } from "esbuild";
import { mkdirSync, symlinkSync, unlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { expectNoChange, fails, startsOf, succeeds } from "../support/acceptance";
import { describeEngine } from "../support/describeEngine";

const repository = resolve(__dirname, "../../..");

// Where a program gets the package from matters to the dynamic provider alone.
describeEngine("a program that is", { sandboxPer: "test", shells: "dynamic" }, (sandbox) => {
  function write(path: string, text: string): void {
    const { project } = sandbox;
    const file = join(project.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  function configure(runtimeOptions: string, main = ""): void {
    write(
      "Pulumi.yaml",
      `name: shop\n${main}runtime:\n  name: nodejs\n  options:\n    ${runtimeOptions}\n`,
    );
  }

  const body = `
    const args = { actorTaskId: "janedoe~scrape", input: { items: [{ price: 1 }] } };
    const prices = new apify.TaskRun("prices", args);
    const status = prices.status;
    const items = apify.datasetItems(prices.defaultDatasetId);`;

  async function expectDeployed(): Promise<void> {
    const { emulator, project } = sandbox;
    await succeeds(project.up());
    assert.equal(startsOf(emulator).length, 1);
    const { status, items } = await project.outputs();
    assert.deepEqual([status, items], ["SUCCEEDED", [{ price: 1 }]]);
    await expectNoChange(emulator, project);
  }

  function bundle(options: BuildOptions): void {
    const { project } = sandbox;
    write(
      "src/index.js",
      `const apify = require("pulumi-apify");${body} module.exports = { status, items };`,
    );
    buildSync({
      absWorkingDir: project.folder,
      entryPoints: ["src/index.js"],
      outfile: "index.js",
      bundle: true,
      platform: "node",
      logLevel: "error",
      ...options,
    });
  }

  it("an ES module that exports its outputs by name", async () => {
    write("package.json", JSON.stringify({ name: "shop", type: "module", main: "index.js" }));
    write("index.js", `import * as apify from "pulumi-apify";${body} export { status, items };`);
    await expectDeployed();
  });

  it("an ES module with an async function as its default export", async () => {
    write("package.json", JSON.stringify({ name: "shop", type: "module", main: "index.js" }));
    write(
      "index.js",
      `import * as apify from "pulumi-apify"; export default async () => {${body} return { status, items }; };`,
    );
    await expectDeployed();
  });

  it("TypeScript that tsx runs", async () => {
    write("package.json", JSON.stringify({ name: "shop", type: "module", main: "index.ts" }));
    configure('nodeargs: "--import tsx"\n    typescript: false');
    write(
      "index.ts",
      `import * as apify from "pulumi-apify";${body} const typed: string = "x"; export { status, items, typed };`,
    );
    await expectDeployed();
  });

  it("in a folder of its own below Pulumi.yaml", async () => {
    configure("typescript: false", "main: program\n");
    write("program/package.json", JSON.stringify({ name: "program", main: "index.js" }));
    write(
      "program/index.js",
      `const apify = require("pulumi-apify");${body} module.exports = { status, items };`,
    );
    await expectDeployed();
  });

  it("bundled without its packages", async () => {
    bundle({ packages: "external" });
    await expectDeployed();
  });

  it("bundled and minified without its packages", async () => {
    bundle({ packages: "external", minify: true });
    await expectDeployed();
  });

  it("bundled with this package in it", async () => {
    bundle({ external: ["@pulumi/*"] });
    await expectDeployed();
  });

  it("bundled with this package in it, which is installed nowhere else, and says where to add it", async () => {
    bundle({ external: ["@pulumi/*"] });
    await expectToldWhereToAdd();
  });

  it("in a workspace where only a library has this package, and says where to add it", async () => {
    const { project } = sandbox;
    write(
      "library/index.js",
      `const apify = require("pulumi-apify"); exports.declare = () => {${body} return { status, items }; };`,
    );
    link("pulumi-apify", join(project.folder, "library/node_modules"));
    write("index.js", 'module.exports = require("./library").declare();');
    await expectToldWhereToAdd();
  });

  /** Only Pulumi is installed where the program runs; in the end this package is, too. */
  async function expectToldWhereToAdd(): Promise<void> {
    const { emulator, project } = sandbox;
    const modules = join(project.folder, "node_modules");
    unlinkSync(modules);
    link("@pulumi/pulumi", modules);
    const output = await fails(project.up());
    assert.ok(output.includes(`Pulumi loads the provider from ${project.folder}, where`), output);
    assert.match(
      output,
      /Add the same version to the dependencies of the Pulumi program: run `npm install pulumi-apify@\d/,
    );
    assert.doesNotMatch(output, /\bat .*\.js:\d+|Require stack/);
    assert.deepEqual(emulator.requests, []);

    link("pulumi-apify", modules);
    await expectDeployed();
  }
});

function link(name: string, into: string): void {
  mkdirSync(dirname(join(into, name)), { recursive: true });
  symlinkSync(join(repository, "node_modules", name), join(into, name), "dir");
}
