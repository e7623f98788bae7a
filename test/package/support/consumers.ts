import assert from "node:assert/strict";
import { buildSync } from "esbuild";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root } from "./checkout";

/** A Pulumi project as a user of the package may have it. */
export interface Consumer {
  /** A sentence's end that describes it. */
  readonly name: string;
  /** Its files. `Pulumi.yaml` gets its first line, the name, when the project is made. */
  readonly files: Readonly<Record<"Pulumi.yaml", string>> & Readonly<Record<string, string>>;
  /** What its author does before the deployment. */
  readonly build?: (folder: string) => void;
}

/** The entry of the package, by the shell. */
type Entry = "pulumi-apify" | "pulumi-apify/native";

const declaration = `
const prices = new apify.TaskRun("prices", {
  actorTaskId: "janedoe~scrape",
  input: { items: [{ price: 1 }] },
});`;

/** A CommonJS module that exports its outputs. */
export const commonJs = `const apify = require("pulumi-apify");
${declaration}
module.exports = { status: prices.status, items: apify.datasetItems(prices.defaultDatasetId) };`;

/** A module with typed outputs, which is TypeScript. */
function typed(entry: Entry): string {
  return `import * as pulumi from "@pulumi/pulumi";
import * as apify from "${entry}";
${declaration}
export const status: pulumi.Output<string> = prices.status;
export const items: pulumi.Output<{ price: number }[]> =
  apify.datasetItems<{ price: number }>(prices.defaultDatasetId);`;
}

/** The settings of a project that does not run TypeScript itself. */
const javaScript = "runtime:\n  name: nodejs\n  options:\n    typescript: false\n";

const plugin =
  "plugins:\n  providers:\n    - name: apify\n      path: node_modules/pulumi-apify/plugin\n";

/** The compiler's settings of `pulumi new typescript` until March 2026. */
const template = {
  strict: true,
  outDir: "bin",
  target: "es2020",
  module: "commonjs",
  moduleResolution: "node",
  sourceMap: true,
  experimentalDecorators: true,
  pretty: true,
  noFallthroughCasesInSwitch: true,
  noImplicitReturns: true,
  forceConsistentCasingInFileNames: true,
};

function tsconfig(compilerOptions: object): string {
  return JSON.stringify({ compilerOptions, files: ["index.ts"] });
}

function manifest(more: object): string {
  return JSON.stringify({ name: "shop", private: true, ...more });
}

function tsc(folder: string): void {
  const program = join(root, "node_modules/typescript/bin/tsc");
  const { status, stdout } = spawnSync(process.execPath, [program], {
    cwd: folder,
    encoding: "utf8",
  });
  assert.equal(status, 0, stdout);
}

/** The projects, each with one TaskRun and its items. */
export const consumers: readonly Consumer[] = [
  {
    name: "a CommonJS program",
    files: {
      "Pulumi.yaml": "runtime: nodejs\n",
      "package.json": manifest({ main: "index.js" }),
      "index.js": commonJs,
    },
  },
  {
    name: "an ES module whose default export is an async function",
    files: {
      "Pulumi.yaml": javaScript,
      "package.json": manifest({ type: "module", main: "index.js" }),
      "index.js": `import * as apify from "pulumi-apify";
        export default async () => {${declaration}
          return { status: prices.status, items: apify.datasetItems(prices.defaultDatasetId) };
        };`,
    },
  },
  {
    name: "TypeScript that Pulumi compiles, with the settings of its template",
    files: {
      "Pulumi.yaml": "runtime:\n  name: nodejs\n  options:\n    typescript: true\n",
      "package.json": manifest({ main: "index.ts" }),
      "tsconfig.json": tsconfig(template),
      "index.ts": typed("pulumi-apify"),
    },
  },
  {
    name: "TypeScript that tsc has compiled to CommonJS",
    files: {
      "Pulumi.yaml": javaScript,
      "package.json": manifest({ main: "bin/index.js" }),
      "tsconfig.json": tsconfig(template),
      "index.ts": typed("pulumi-apify"),
    },
    build: tsc,
  },
  {
    name: "TypeScript with moduleResolution node16 that tsc has compiled to an ES module",
    files: {
      "Pulumi.yaml": javaScript,
      "package.json": manifest({ type: "module", main: "bin/index.js" }),
      "tsconfig.json": tsconfig({
        strict: true,
        module: "node16",
        target: "es2022",
        outDir: "bin",
      }),
      "index.ts": typed("pulumi-apify"),
    },
    build: tsc,
  },
  {
    name: "TypeScript with moduleResolution bundler that esbuild has bundled and minified without its packages, in a folder below Pulumi.yaml",
    files: {
      "Pulumi.yaml": `${javaScript}main: program\n`,
      "package.json": manifest({}),
      "tsconfig.json": tsconfig({
        strict: true,
        module: "esnext",
        moduleResolution: "bundler",
        target: "es2022",
        noEmit: true,
      }),
      "index.ts": typed("pulumi-apify"),
      "program/package.json": manifest({ main: "index.js" }),
    },
    build: (folder) => {
      tsc(folder);
      bundle(folder, { packages: "external", minify: true });
    },
  },
  {
    name: "TypeScript with the native plugin that Pulumi compiles, with the settings of its template",
    files: {
      "Pulumi.yaml": `runtime: nodejs\n${plugin}`,
      "package.json": manifest({ main: "index.ts" }),
      "tsconfig.json": tsconfig(template),
      "index.ts": typed("pulumi-apify/native"),
    },
  },
  {
    name: "an ES module with the native plugin",
    files: {
      "Pulumi.yaml": `${javaScript}${plugin}`,
      "package.json": manifest({ type: "module", main: "index.js" }),
      "index.js": `import * as apify from "pulumi-apify/native";
        ${declaration}
        const { status } = prices;
        const items = apify.datasetItems(prices.defaultDatasetId);
        export { status, items };`,
    },
  },
];

/** A program that was bundled with this package in it. */
export const bundledWithThisPackage: Consumer = {
  name: "TypeScript that esbuild has bundled with this package in it",
  files: {
    "Pulumi.yaml": javaScript,
    "package.json": manifest({ main: "program/index.js" }),
    "index.ts": typed("pulumi-apify"),
  },
  build: (folder) => {
    bundle(folder, { external: ["@pulumi/*"] });
  },
};

function bundle(folder: string, options: Parameters<typeof buildSync>[0]): void {
  buildSync({
    absWorkingDir: folder,
    entryPoints: ["index.ts"],
    outfile: "program/index.js",
    bundle: true,
    platform: "node",
    logLevel: "error",
    ...options,
  });
}
