import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import * as surface from "../../provider";

const root = resolve(__dirname, "../..");

describe("the public surface", () => {
  it("is the two resources and the two functions", () => {
    assert.deepEqual(Object.keys(surface).sort(), [
      "Task",
      "TaskRun",
      "datasetItems",
      "keyValueStoreRecord",
    ]);
  });

  it("loads neither zod nor axios: most programs need none, and each command would wait for them", () => {
    for (const entry of ["index", "nativeIndex"]) {
      const script = `require("ts-node/register/transpile-only");
        require("./provider/${entry}");
        console.log(JSON.stringify(Object.keys(require.cache)));`;
      const loaded = JSON.parse(
        execFileSync(process.execPath, ["-e", script], { cwd: root, encoding: "utf8" }),
      ) as string[];
      assert.deepEqual(
        loaded.filter((file) => /node_modules.(zod|axios)./.test(file)),
        [],
      );
    }
  });
});
