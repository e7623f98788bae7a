"use strict";

module.exports = {
  require: ["ts-node/register/transpile-only"],
  extension: ["ts"],
  // Ends a test that hangs. A machine that does much else may take ten times as long as an idle one.
  timeout: 300_000,
  forbidOnly: true,
  forbidPending: true,
};
