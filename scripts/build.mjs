/**
 * Compiles the package into `dist`: provider/, and emulator/ with the files of its pages; and the native plugin
 * into `plugin`, in one file with all that it needs but Node. It is JavaScript, like bootstrap.mjs, which calls it before any TypeScript can run.
 */
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, buildSync } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const inRoot = (...parts) => join(root, ...parts);
const emulator = inRoot("dist", "emulator");

rmSync(inRoot("dist"), { recursive: true, force: true });
compile("tsconfig.build.json");
// In two files without comments, the emulator takes a third of the space in the package.
bundle("index.ts", []);
bundle("main.ts", ["./index"]);
compile("tsconfig.emulator.json");
removeInternalTypes();
cpSync(inRoot("emulator/pages/assets"), join(emulator, "assets"), { recursive: true });

function compile(project) {
  const tsc = inRoot("node_modules", "typescript", "bin", "tsc");
  const { status } = spawnSync(process.execPath, [tsc, "-p", inRoot(project)], {
    stdio: "inherit",
  });
  if (status !== 0) process.exit(1);
}

function bundle(file, external) {
  buildSync({
    entryPoints: [inRoot("emulator", file)],
    outdir: emulator,
    bundle: true,
    external,
    packages: "external",
    minifyWhitespace: true,
    platform: "node",
    target: "node20",
  });
}

/** The plugin is one file, so that it works wherever it is copied or linked to. */
async function bundlePlugin() {
  const plugin = inRoot("plugin");
  const program = join(plugin, "pulumi-resource-apify");
  rmSync(plugin, { recursive: true, force: true });
  const { metafile } = await build({
    entryPoints: [inRoot("provider", "native", "main.ts")],
    metafile: true,
    outfile: program,
    bundle: true,
    minify: true,
    keepNames: true,
    platform: "node",
    // An old Node has to understand the whole file, or it never comes to `requireNode`.
    target: "es2019",
    banner: { js: `#!/usr/bin/env node\n"use strict";(${requireNode})(${oldestNode()});` },
    plugins: [ownPulumiLibraries],
    logLevel: "warning",
  });
  chmodSync(program, 0o755);
  writeFileSync(join(plugin, "THIRD_PARTY_LICENSES"), licencesOf(Object.keys(metafile.inputs)));
  // Node would take a program without an ending for an ES module where Pulumi's folder lies in a package of such modules.
  writeFileSync(join(plugin, "package.json"), '{ "type": "commonjs" }\n');
  writeFileSync(`${program}.cmd`, '@node "%~dp0pulumi-resource-apify" %*\r\n');
  console.log(`plugin: ${Math.round(statSync(program).size / 1000)} kB`);
}

/** The licences of the packages that these files are of, each text once: most ask to be passed on with the code. */
function licencesOf(files) {
  const packages = files.map((file) => /.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]);
  const named = new Map();
  for (const folder of [...new Set(packages)].filter(Boolean).sort()) {
    const { name, version, license } = JSON.parse(
      readFileSync(join(folder, "package.json"), "utf8"),
    );
    const texts = readdirSync(folder)
      .filter((file) => /^licen[cs]e/i.test(file))
      .map((file) => readFileSync(join(folder, file), "utf8").trim());
    const text = texts.length === 0 ? `License: ${license}` : texts.join("\n\n");
    named.set(text, [...(named.get(text) ?? []), `${name} ${version}`]);
  }
  const parts = [...named].map(([text, names]) => `${names.join(", ")}\n\n${text}\n`);
  return parts.join(`\n${"-".repeat(80)}\n\n`);
}

/** The first statement of the plugin, in the JavaScript of any Node. It uses nothing outside itself. */
function requireNode(oldest) {
  var version = process.versions.node;
  if (parseInt(version, 10) >= oldest) return;
  var needed = "The Pulumi plugin for Apify needs Node.js " + oldest + " or newer";
  require("fs").writeSync(2, needed + ": " + process.execPath + " is " + version + ".\n");
  process.exit(1);
}

function oldestNode() {
  const { engines } = JSON.parse(readFileSync(inRoot("package.json"), "utf8"));
  return Number(/^>=(\d+)$/.exec(engines.node)[1]);
}

/**
 * The package takes Pulumi's own copies of these libraries; the bundle has them in itself. It leaves out what is large and
 * never used: zod's languages (no error shows zod's own texts), grpc's reader of .proto files, and the types of files
 * that axios would upload.
 */
const ownPulumiLibraries = {
  name: "own-pulumi-libraries",
  setup({ onLoad }) {
    const unused =
      /[\\/](zod[\\/]v4[\\/]locales[\\/]index\.c?js|proto-loader[\\/]build[\\/]src[\\/]index\.js|mime-db[\\/]index\.js)$/;
    onLoad({ filter: unused }, () => ({ contents: "module.exports = {};" }));
    onLoad({ filter: /[\\/]engine[\\/]pulumiLibraries\.ts$/ }, () => ({
      contents: `
        const libraries = {
          grpc: require("@grpc/grpc-js"),
          ...require("google-protobuf/google/protobuf/struct_pb"),
          ...require("google-protobuf/google/protobuf/empty_pb"),
          ...require("google-protobuf/google/protobuf/any_pb"),
        };
        exports.pulumiLibraries = () => libraries;`,
      loader: "js",
      resolveDir: inRoot("node_modules", "@pulumi", "pulumi"),
    }));
  },
};

/** Removes the declarations that no public type needs. */
function removeInternalTypes() {
  const needed = declarationsFrom(join(emulator, "index.d.ts"), new Set());
  for (const path of readdirSync(emulator, { recursive: true, encoding: "utf8" })) {
    const file = join(emulator, path);
    if (file.endsWith(".d.ts") && !needed.has(file)) rmSync(file);
  }
}

function declarationsFrom(file, found) {
  if (found.has(file)) return found;
  found.add(file);
  for (const [, to] of readFileSync(file, "utf8").matchAll(/(?:from |import\()"(\.[^"]*)"/g)) {
    const imported = join(dirname(file), to);
    const isFile = existsSync(`${imported}.d.ts`);
    declarationsFrom(isFile ? `${imported}.d.ts` : join(imported, "index.d.ts"), found);
  }
  return found;
}

await bundlePlugin();
