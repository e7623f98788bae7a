"use strict";

const { appendFileSync } = require("node:fs");
const { reporters, Runner } = require("mocha");

/** Mocha's usual output. Also appends the counts of the run to a file, as a line of JSON. */
class CountingReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures } = runner.stats;
      const file = process.env.PULUMI_APIFY_TEST_COUNTS;
      appendFileSync(file, `${JSON.stringify({ passed: passes, failed: failures })}\n`);
    });
  }
}

module.exports = CountingReporter;
