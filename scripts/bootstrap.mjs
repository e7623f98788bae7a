/**
 * `node scripts/bootstrap.mjs <script.ts> [args…]` sets up a fresh checkout and runs one of this
 * project's TypeScript scripts. It is JavaScript without dependencies, because it runs before anything
 * is installed.
 */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const oldestNode = 20;
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const inRoot = (...parts) => join(root, ...parts);
/** In node_modules, so that whatever removes the packages removes the stamps as well. */
const stamps = inRoot("node_modules", ".cache", "pulumi-apify");

function main([script, ...args]) {
  const node = Number(process.versions.node.split(".")[0]);
  if (node < oldestNode) {
    fail(`Node.js ${process.version} is too old: install Node.js ${oldestNode} or newer.`);
  }
  if (script === undefined) fail("Usage: node scripts/bootstrap.mjs <script.ts> [args…]");
  if (!existsSync(inRoot(script))) fail(`There is no ${script} in ${root}.`);
  installPackages();
  buildPackage();
  runScript(script, args);
}

function installPackages() {
  const lock = hashOf(["package-lock.json"]);
  if (readStamp("packages") === lock) return;
  if (!npmInstalledSinceLockChanged()) {
    say("installing the packages of package-lock.json with npm ci; this can take a minute");
    const npm = process.env.npm_execpath;
    const [command, first] = npm ? [process.execPath, [npm]] : ["npm", []];
    runOrFail(
      [command, ...first, "ci", "--include=dev"],
      "npm ci failed; see its output above. It needs a network connection.",
    );
  }
  writeStamp("packages", lock);
}

/** True after a manual `npm install`, which leaves no stamp, but updates a file of its own. */
function npmInstalledSinceLockChanged() {
  const record = inRoot("node_modules", ".package-lock.json");
  if (!existsSync(record)) return false;
  return statSync(record).mtimeMs >= statSync(inRoot("package-lock.json")).mtimeMs;
}

function buildPackage() {
  const sources = [...filesUnder("provider"), ...filesUnder("emulator")].sort();
  const configs = ["tsconfig.json", "tsconfig.build.json", "tsconfig.emulator.json"];
  const inputs = hashOf([...sources, ...configs, "scripts/build.mjs", "package-lock.json"]);
  if (readStamp("build") === inputs && existsSync(inRoot("dist", "index.js"))) return;
  say("compiling provider/ and emulator/ into dist/");
  rmSync(join(stamps, "build"), { force: true });
  runOrFail(
    [process.execPath, inRoot("scripts", "build.mjs")],
    "provider/ or emulator/ does not compile; see the errors above.",
  );
  writeStamp("build", inputs);
}

function runScript(script, args) {
  const tsNode = createRequire(inRoot("package.json")).resolve("ts-node/register/transpile-only");
  const child = spawn(process.execPath, ["-r", tsNode, inRoot(script), ...args], {
    cwd: root,
    stdio: "inherit",
  });
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  process.on("SIGHUP", () => child.kill("SIGHUP"));
  process.on("SIGINT", () => {
    // A terminal sends ^C to the script as well; if it were passed on, it would arrive twice.
    if (!process.stdin.isTTY) child.kill("SIGINT");
  });
  child.on("error", (error) => fail(`${script} could not be started: ${error.message}`));
  child.on("close", (code, signal) => {
    if (signal === null) {
      process.exitCode = code;
      return;
    }
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

/** Shows the output of the command only if it fails. */
function runOrFail([command, ...args], advice) {
  const { error, status, stdout, stderr } = spawnSync(command, args, {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
  });
  if (error) fail(`\`${command}\` could not be run: ${error.message}`);
  if (status === 0) return;
  process.stderr.write(stdout + stderr);
  fail(advice);
}

function filesUnder(folder) {
  if (!existsSync(inRoot(folder))) return [];
  return readdirSync(inRoot(folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesUnder(path) : [path];
  });
}

function hashOf(paths) {
  const hash = createHash("sha256");
  for (const path of paths) {
    const content = readFileSync(inRoot(path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

function readStamp(name) {
  const path = join(stamps, name);
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

function writeStamp(name, content) {
  mkdirSync(stamps, { recursive: true });
  writeFileSync(join(stamps, name), content);
}

function say(text) {
  process.stderr.write(`bootstrap: ${text}\n`);
}

function fail(text) {
  process.stderr.write(`bootstrap: ${text}\n`);
  process.exit(1);
}

main(process.argv.slice(2));
