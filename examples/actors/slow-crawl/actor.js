"use strict";

// Takes as long for each of its pages as its input says, and tells how far it has come. When it
// is started again, after a migration or a kill, it goes on with the first page that it has not pushed.

const { setTimeout } = require("node:timers/promises");
const { run } = require("../run");

run(async ({ pages = 24, secondsPerPage = 2.5 }, { push, pushed, say }) => {
  for (let page = (await pushed()) + 1; page <= pages; page += 1) {
    await say(`page ${page} of ${pages}`);
    await setTimeout(secondsPerPage * 1000);
    await push({ page, links: 10 + ((page * 7) % 13) });
  }
  await say(`${pages} pages`);
});
