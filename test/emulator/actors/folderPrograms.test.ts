import assert from "node:assert/strict";
import { join } from "node:path";
import { realClock } from "../../../emulator";
import { checkResponsesOfSuite } from "../support/checkResponses";
import { closeEmulatorsAfterEach, startTestEmulator } from "../support/emulator";
import { actorFolders, minimal } from "./support/actorFolders";

describe("the program of an Actor's folder", () => {
  closeEmulatorsAfterEach();
  checkResponsesOfSuite();
  const folders = actorFolders();

  it("is started with its start script, in the folder", async () => {
    const { run, log } = await folders.runToEnd(
      await folders.start({ ...minimal, "main.js": "console.log('in ' + process.cwd())" }),
    );
    assert.equal(run.status, "SUCCEEDED", log);
    assert.match(log, /Z in .*actor$/m);
  });

  it("is started through npm if its script is more than a call of node", async () => {
    const start1 = "node main.js && node -e \"console.log('second')\"";
    const { run, log } = await folders.runToEnd(
      await folders.start({ ...minimal, "package.json": { scripts: { start: start1 } } }),
    );
    assert.equal(run.status, "SUCCEEDED", log);
    assert.match(log, /Z started\n.*Z second\n/);
  });

  it("ends with the exit code of a script that npm runs", async () => {
    const scripts = { prestart: "node -e 0", start: "node main.js" };
    const { run } = await folders.runToEnd(
      await folders.start({
        ...minimal,
        "main.js": "process.exit(5)",
        "package.json": { scripts },
      }),
    );
    assert.deepEqual([run.status, run.exitCode], ["FAILED", 5]);
  });

  it("may be started with a declared command, without a package.json", async () => {
    const files = {
      ".actor/actor.json": minimal[".actor/actor.json"],
      "other.js": "process.exit(7)",
    };
    const { run } = await folders.runToEnd(
      await folders.start(files, { command: ["node", "other.js"] }),
    );
    assert.equal(run.exitCode, 7);
  });

  it("defines environment variables, which replace none of Apify's, and no secrets", async () => {
    const environmentVariables = { MINE: "yes", APIFY_IS_AT_HOME: "0", PASSWORD: "@password" };
    const { run, log } = await folders.runToEnd(
      await folders.start({
        ...minimal,
        ".actor/actor.json": { ...minimal[".actor/actor.json"], environmentVariables },
        "main.js":
          "const { MINE, APIFY_IS_AT_HOME, PASSWORD } = process.env;" +
          "console.log([MINE, APIFY_IS_AT_HOME, PASSWORD])",
      }),
    );
    assert.equal(run.status, "SUCCEEDED");
    assert.match(log, /\[ 'yes', '1', undefined \]/);
    assert.match(log, /ACTOR: PASSWORD is not set: the emulator does not know its secret/);
  });

  it("says in the log of a failed run that its packages are not installed, and what to do", async () => {
    const dependencies = { "no-such-package": "1", "@nobody/has-this": "1" };
    const { run, log } = await folders.runToEnd(
      await folders.start({
        ...minimal,
        "package.json": { scripts: { start: "node main.js" }, dependencies },
        "main.js": "require('no-such-package')",
      }),
    );
    const hint =
      "These packages are not installed: no-such-package, @nobody/has-this. " +
      `In ${join(folders.parent(), "actor")} run: npm install`;
    assert.deepEqual([run.status, run.exitCode, run.statusMessage], ["FAILED", 1, hint]);
    assert.ok(log.includes(hint), log);
  });

  it("says where to install packages for an Actor that is itself in an installed package", async () => {
    const dependencies = { "no-such-package": "^1.2.0" };
    const name = "node_modules/examples/node_modules/small";
    const folder = folders.write(
      {
        ...minimal,
        "package.json": { scripts: { start: "node main.js" }, dependencies },
        "main.js": "require('no-such-package')",
      },
      name,
    );
    const emulator = await startTestEmulator({
      declaration: folders.declared({ folder }),
      clock: realClock,
    });
    const { run } = await folders.runToEnd(emulator);
    const hint =
      "This package is not installed: no-such-package. " +
      `In ${folders.parent()} run: npm install "no-such-package@^1.2.0"`;
    assert.equal(run.statusMessage, hint);
  });

  it("says nothing of packages that are installed, in the folder or above it", async () => {
    const { run } = await folders.runToEnd(
      await folders.start({
        ...minimal,
        "package.json": {
          scripts: { start: "node main.js" },
          dependencies: { one: "1", two: "1" },
        },
        "node_modules/one/package.json": "{}",
        "../node_modules/two/package.json": "{}",
        "main.js": "process.exit(1)",
      }),
    );
    assert.equal(run.statusMessage, "Actor process exited with code 1");
  });
});
