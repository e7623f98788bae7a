/**
 * Compiles the package into `dist`: provider/, and emulator/ with the files of its pages. It is
 * JavaScript, like bootstrap.mjs, which calls it before any TypeScript can run.
 */
import { spawnSync } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const inRoot = (...parts) => join(root, ...parts);

rmSync(inRoot("dist"), { recursive: true, force: true });
compile("tsconfig.build.json");
compile("tsconfig.emulator.json");
cpSync(inRoot("emulator/pages/assets"), inRoot("dist/emulator/pages/assets"), { recursive: true });

function compile(project) {
  const tsc = inRoot("node_modules", "typescript", "bin", "tsc");
  const { status } = spawnSync(process.execPath, [tsc, "-p", inRoot(project)], {
    stdio: "inherit",
  });
  if (status !== 0) process.exit(1);
}
