"use strict";

/** For each folder of provider/, the others that it may import from. */
const mayImport = {
  apify: [],
  run: ["apify"],
  resources: ["run", "apify"],
  engine: ["resources", "run", "apify"],
  program: ["engine", "resources", "run", "apify"],
  dynamic: ["engine", "resources", "run", "apify"],
  native: ["engine", "resources", "run", "apify"],
};

const oneWay = "Imports go one way: program, dynamic, native → engine → resources → run → apify.";

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-circle",
      comment: "Types count too: two files that need each other are one idea, or hide a third.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    ...Object.entries(mayImport).map(([folder, others]) => ({
      name: `one-way-from-${folder}`,
      comment: oneWay,
      severity: "error",
      from: { path: `^provider/${folder}/` },
      to: {
        path: "^provider/",
        pathNot: [
          ...[folder, ...others].map((each) => `^provider/${each}/`),
          // A class in the program stores the text of its thunk, and shares nothing else with the host.
          ...(folder === "program" ? ["^provider/dynamic/thunk\\.ts$"] : []),
        ],
      },
    })),
    {
      name: "shared-by-resources",
      comment: "What resources share knows none of them.",
      severity: "error",
      from: { path: "^provider/resources/[^/]+$" },
      to: { path: "^provider/resources/[^/]+/" },
    },
    {
      name: "siblings-apart",
      comment: "What two resources need belongs above them, into provider/resources.",
      severity: "error",
      from: { path: "^provider/resources/([^/]+)/" },
      to: {
        path: "^provider/resources/[^/]+/",
        pathNot: "^provider/resources/($1|argumentSchemas)/",
      },
    },
    {
      name: "free-of-pulumi",
      comment: "A shell of another kind, such as a native plugin, is to share these folders.",
      severity: "error",
      from: { path: "^provider/(apify|run|resources)/" },
      to: { path: "@pulumi/" },
    },
    {
      name: "emulator-alone",
      comment:
        "The emulator shares nothing with the provider, so that a shared misreading cannot hide.",
      severity: "error",
      from: { path: "^emulator/" },
      to: { path: "^provider/|^pulumi-apify|@pulumi/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
  },
};
