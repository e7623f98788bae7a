"use strict";

// What the Actors beside this file share, in the place of an SDK: where a run finds its input and
// its storages, Apify, and the emulator, tell every Actor through its environment.

const { existsSync, readFileSync } = require("node:fs");
const { dirname, join } = require("node:path");

const { APIFY_TOKEN, APIFY_API_BASE_URL, ACTOR_RUN_ID } = process.env;
const { ACTOR_DEFAULT_DATASET_ID, ACTOR_DEFAULT_KEY_VALUE_STORE_ID } = process.env;
const baseUrl = (APIFY_API_BASE_URL ?? "https://api.apify.com").replace(/\/+$/, "");

async function api(method, path, body) {
  const response = await fetch(`${baseUrl}/v2/${path}`, {
    method,
    headers: { Authorization: `Bearer ${APIFY_TOKEN}`, "Content-Type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}`);
  const text = await response.text();
  return text === "" ? undefined : JSON.parse(text);
}

const records = `key-value-stores/${ACTOR_DEFAULT_KEY_VALUE_STORE_ID}/records`;

/** What an Actor can do with the platform. */
const platform = {
  items: (datasetId) => api("GET", `datasets/${datasetId}/items`),
  /** Apify may count an item some seconds late, so the items themselves tell how many there are. */
  pushed: async () => (await api("GET", `datasets/${ACTOR_DEFAULT_DATASET_ID}/items`)).length,
  push: (items) => api("POST", `datasets/${ACTOR_DEFAULT_DATASET_ID}/items`, items),
  output: (value) => api("PUT", `${records}/OUTPUT`, value),
  say: async (statusMessage) => {
    console.log(statusMessage);
    await api("PUT", `actor-runs/${ACTOR_RUN_ID}`, { statusMessage });
  },
};

/** Runs an Actor: `main` gets the input and the platform, and an error in it fails the run. */
function run(main) {
  api("GET", `${records}/INPUT`)
    .then((input) => main(input, platform))
    .catch((error) => {
      console.error(error.message);
      process.exitCode = 1;
    });
}

/** The nearest folder above, or at, `folder` in which npm has installed something. */
function modulesFolder(folder) {
  const candidate = join(folder, "node_modules");
  if (existsSync(candidate)) return candidate;
  if (folder === dirname(folder)) throw new Error("no package is installed");
  return modulesFolder(dirname(folder));
}

/** What an installed package says of itself; `undefined` if it is not installed. */
function manifestOf(modules, name) {
  const file = join(modules, name, "package.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

module.exports = { manifestOf, modulesFolder, run };
