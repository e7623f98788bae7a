"use strict";

// Cleans the dataset of its input: each package once, in the order of their names, without the
// licenses that are to be left out.

const { run } = require("../run");

run(async ({ datasetId, withoutLicenses = [] }, { items, push, say }) => {
  const dirty = await items(datasetId);
  const byName = new Map(
    dirty.map(({ name, version, license }) => [name, { name, version, license }]),
  );
  const clean = [...byName.values()]
    .filter(({ license }) => !withoutLicenses.includes(license))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  await push(clean);
  await say(`${clean.length} packages in ${dirty.length} items`);
});
