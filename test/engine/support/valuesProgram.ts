import { resolve } from "node:path";

const packageJson = resolve(__dirname, "../../../package.json");

/**
 * The head of a program: `here` requires what a test file may require, TypeScript of this
 * repository too, and with the same copy of Pulumi's SDK as the program.
 */
export const head = `
  const here = require("node:module").createRequire(${JSON.stringify(packageJson)});
  here("ts-node").register({
    transpileOnly: true,
    skipProject: true,
    compilerOptions: { module: "commonjs", target: "es2022", esModuleInterop: true },
  });`;
