"use strict";

module.exports = {
  require: ["ts-node/register/transpile-only"],
  extension: ["ts"],
  timeout: 20_000,
  forbidOnly: true,
  forbidPending: true,
};
