/**
 * Compiles the package into `dist`: provider/, and emulator/ with the files of its pages. It is
 * JavaScript, like bootstrap.mjs, which calls it before any TypeScript can run.
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

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
