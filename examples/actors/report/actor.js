"use strict";

// Counts the packages in the dataset of its input by license, and fails if there are more licenses
// than its input allows.

const { run } = require("../run");

run(async ({ datasetId, mostLicenses = Infinity }, { items, output, say }) => {
  const counts = {};
  for (const { license } of await items(datasetId)) counts[license] = (counts[license] ?? 0) + 1;
  const licenses = Object.keys(counts).sort();
  await output(Object.fromEntries(licenses.map((license) => [license, counts[license]])));
  if (licenses.length > mostLicenses) {
    throw new Error(`${licenses.length} licenses are more than ${mostLicenses}`);
  }
  await say(`${licenses.length} licenses`);
});
