import assert from "node:assert/strict";
import {
  expectDestroyed,
  expectSettled,
  recorded,
  startsOf,
  succeeds,
  writesOf,
} from "../support/acceptance";
import { describeExample } from "../support/example";
import type { StateResource } from "../support/project";

const rotated = "rotated-token-of-partner";
const tokens = ["emulator-token", "emulator-token-of-partner", rotated];

describeExample(
  "multi-account",
  (example) => {
    /** Pulumi itself keeps a stack's configuration in the state, encrypted, with its entry of the provider. */
    async function expectNoToken(): Promise<void> {
      const { project } = example;
      const shown = JSON.parse(await project.exportState()) as {
        deployment: { resources: readonly StateResource[] };
      };
      const ours = shown.deployment.resources.filter(({ type }) => !type.startsWith("pulumi:"));
      assert.equal(ours.length, 2);
      const texts = {
        "the export": await succeeds(project.run(["stack", "export"])),
        "what is decrypted of a TaskRun": JSON.stringify(ours),
        "the outputs": JSON.stringify(await project.outputs()),
      };
      for (const [what, text] of Object.entries(texts)) {
        for (const token of tokens) assert.ok(!text.includes(token), `${what} has ${token}`);
      }
    }

    it("runs the task of each account with that account's own token", async () => {
      await succeeds(example.documented("accounts"));
      await succeeds(example.documented("first"));
      const owners = example.emulator.runs().map(({ userId }) => userId);
      assert.equal(owners.length, 2);
      assert.equal(new Set(owners).size, 2);
    });

    it(
      "has a token in no input and in no output, and none that can be read in its state",
      expectNoToken,
    );

    it("runs nothing again because a token was rotated", async () => {
      const { emulator, project } = example;
      emulator.setToken("partner", rotated);
      emulator.clearRequests();
      await succeeds(example.documented("rotate"));
      await succeeds(example.documented("unchanged"));
      assert.deepEqual(writesOf(emulator), []);
      await expectSettled(emulator, project);
      await expectNoToken();
    });

    it("runs with the new token from then on", async () => {
      const { emulator, project } = example;
      const { urn } = await recorded(project, "partner");
      emulator.clearRequests();
      await succeeds(project.up("--replace", urn));
      assert.deepEqual(
        startsOf(emulator).map(({ status }) => status),
        [201],
      );
      await expectNoToken();
    });

    it("leaves no run going when it is destroyed", () =>
      expectDestroyed(example.emulator, example.project));
  },
  () => ({ environment: {} }),
);
