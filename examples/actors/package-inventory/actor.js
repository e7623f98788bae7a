"use strict";

// Looks at the npm packages named in its input as they are installed, and writes one item each to
// its dataset. An argument makes it pause for so many seconds between two, so that its progress can be watched.

const { readdirSync, statSync } = require("node:fs");
const { join } = require("node:path");
const { setTimeout: pause } = require("node:timers/promises");
const { manifestOf, modulesFolder, run } = require("../run");

const modules = modulesFolder(__dirname);

function bytesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sum + bytesIn(path);
    return entry.isFile() ? sum + statSync(path).size : sum;
  }, 0);
}

const pauseSecs = Number(process.argv[2] ?? 0);

run(async ({ packages }, { push, say }) => {
  for (const [index, name] of packages.entries()) {
    if (index > 0) await pause(1000 * pauseSecs);
    const manifest = manifestOf(modules, name);
    if (manifest === undefined) throw new Error(`package ${name} is not installed`);
    const { version, license } = manifest;
    const item = { name, version, license: String(license), bytes: bytesIn(join(modules, name)) };
    await push(item);
    console.log(`${name}@${version}: ${item.bytes} bytes`);
    await say(`${index + 1} of ${packages.length} packages`);
  }
});
