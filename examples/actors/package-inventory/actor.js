"use strict";

// An Actor without an SDK: it reads its input, looks at the npm packages named there as they are
// installed, and writes one item each to its dataset. It knows where to find both from the
// environment that Apify, and the emulator, gives to every Actor.

const { existsSync, readFileSync, readdirSync, statSync } = require("node:fs");
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

function folderOf(name) {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    const candidate = join(folder, "node_modules", name);
    if (existsSync(join(candidate, "package.json"))) return candidate;
    if (folder === dirname(folder)) throw new Error(`package ${name} is not installed`);
  }
}

function bytesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sum + bytesIn(path);
    return entry.isFile() ? sum + statSync(path).size : sum;
  }, 0);
}

async function main() {
  const { packages } = await api(
    "GET",
    `key-value-stores/${ACTOR_DEFAULT_KEY_VALUE_STORE_ID}/records/INPUT`,
  );
  for (const [index, name] of packages.entries()) {
    const folder = folderOf(name);
    const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const item = { name, version, license: String(license), bytes: bytesIn(folder) };
    await api("POST", `datasets/${ACTOR_DEFAULT_DATASET_ID}/items`, item);
    console.log(`${name}@${version}: ${item.bytes} bytes`);
    const statusMessage = `${index + 1} of ${packages.length} packages`;
    await api("PUT", `actor-runs/${ACTOR_RUN_ID}`, { statusMessage });
  }
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
