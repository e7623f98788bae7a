"use strict";

// Fails as a scraper does when the site has changed: a few lines in its log, a status message, and
// exit code 1.

const { run } = require("../run");

run(async (_input, { say }) => {
  console.log("Opening https://shop.example/login");
  console.log("Filling in the user name");
  console.error("Found no field called password");
  await say("The login page has changed");
  throw new Error("Cannot log in: no field called password");
});
