"use strict";

// Lists its share of the installed npm packages: of `of` Actors that share the work, it is the
// one with this `number`, counted from 0.

const { readdirSync } = require("node:fs");
const { manifestOf, modulesFolder, run } = require("../run");

const modules = modulesFolder(__dirname);

run(async ({ number, of }, { push, say }) => {
  const names = readdirSync(modules).sort();
  const installed = names
    .filter((_, index) => index % of === number)
    .map((name) => ({ name, version: manifestOf(modules, name)?.version }))
    .filter(({ version }) => version !== undefined);
  await push(installed);
  await say(`${installed.length} packages in share ${number} of ${of}`);
});
