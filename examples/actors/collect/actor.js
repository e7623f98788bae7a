"use strict";

// Collects the npm packages of its input and all that they depend on, one item for each way in
// which a package is reached: a package that two others need is there twice.

const { manifestOf, modulesFolder, run } = require("../run");

const modules = modulesFolder(__dirname);

/** The items for a package and what it depends on, each package followed once. */
function reachedFrom(name, neededBy, followed) {
  const manifest = manifestOf(modules, name);
  if (manifest === undefined) return [];
  const { version, license, dependencies = {} } = manifest;
  const item = { name, version, license: String(license), neededBy };
  if (followed.has(name)) return [item];
  followed.add(name);
  return [item, ...Object.keys(dependencies).flatMap((each) => reachedFrom(each, name, followed))];
}

run(async ({ packages }, { push, say }) => {
  const followed = new Set();
  const items = packages.flatMap((name) => reachedFrom(name, "the input", followed));
  await push(items);
  await say(`${items.length} items from ${packages.join(", ")}`);
});
