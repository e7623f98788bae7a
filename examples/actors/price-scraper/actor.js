"use strict";

// Reads the products and their prices off the shop at each of its start URLs. To need no network, it
// takes every address for that of the shop beside this file.

const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { run } = require("../run");

const offer = /class="product">([^<]+)<.*class="price">\$([\d.]+)</g;

run(async ({ startUrls }, { push, say }) => {
  const page = readFileSync(join(__dirname, "shop.html"), "utf8");
  for (const { url } of startUrls) {
    const offers = [...page.matchAll(offer)];
    await push(offers.map(([, product, price]) => ({ url, product, priceUsd: Number(price) })));
    console.log(`${offers.length} prices at ${url}`);
  }
  await say(`prices of ${startUrls.length} shop(s)`);
});
