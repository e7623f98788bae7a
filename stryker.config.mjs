export default {
  mutate: ["provider/run/**/*.ts", "provider/apify/retry.ts", "provider/apify/classify.ts"],
  testRunner: "mocha",
  mochaOptions: {
    config: ".mocharc.cjs",
    spec: [
      "test/provider/run/**/*.test.ts",
      "test/provider/apify/retry.test.ts",
      "test/provider/apify/classify.test.ts",
    ],
  },
  coverageAnalysis: "perTest",
  concurrency: 2,
  // A mutant's place must not lie within node_modules, where ts-node leaves files alone.
  tempDirName: ".cache/mutation/tmp",
  ignorePatterns: ["/.cache", "/coverage", "/dist", "/docs", "/examples"],
  reporters: ["clear-text", "json"],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: ".cache/mutation/report.json" },
  thresholds: { high: 97, low: 94, break: 90 },
};
