import assert from "node:assert/strict";
import { expectDestroyed, expectSettled, startsOf, succeeds } from "../support/acceptance";
import { describeExample } from "../support/example";
import { pythonEnvironment, pythonTimeoutMillis } from "../support/python";

const APIFY_TOKEN = "emulator-token";

describe("examples in other languages:", () => {
  before(async function () {
    this.timeout(pythonTimeoutMillis);
    await pythonEnvironment();
  });

  for (const [name, environment] of [
    ["quickstart-yaml", () => Promise.resolve({})],
    ["quickstart-python", pythonEnvironment],
  ] as const) {
    describeExample(
      name,
      (example) => {
        it("runs its task once, and again for another input", async () => {
          const { emulator, project } = example;
          await succeeds(example.documented("first"));
          await expectSettled(emulator, project);
          const { runId } = await project.outputs();
          emulator.clearRequests();
          await succeeds(example.documented("changed"));
          assert.equal(startsOf(emulator).length, 1);
          assert.notEqual((await project.outputs()).runId, runId);
          await expectDestroyed(emulator, project);
        });
      },
      async () => ({ environment: { APIFY_TOKEN, ...(await environment()) } }),
    );
  }
});
