import assert from "node:assert/strict";
import { closeEmulatorsAfterEach, declaration, startTestEmulator } from "../support/emulator";
import { stateFolders } from "./support/stateFolders";
import type { Declaration } from "../../../emulator";

describe("an Actor, after the emulator was restarted", () => {
  closeEmulatorsAfterEach();
  const { newFolder } = stateFolders();

  it("runs the same code in a build that was added, after a restart too", async () => {
    const folder = newFolder();
    const inputSchema = { properties: { depth: { default: 2 } } };
    const declared: Declaration = {
      ...declaration,
      actors: [
        {
          username: "janedoe",
          name: "by-hand",
          builds: [{ number: "0.1.1", tags: ["latest"], command: ["node", "-e", ""], inputSchema }],
        },
      ],
    };
    const first = await startTestEmulator({ stateFolder: folder, declaration: declared });
    first.addBuild("janedoe~by-hand", { number: "0.1.2", tags: ["latest"] });
    await first.close();
    const next = await startTestEmulator({ stateFolder: folder, declaration: declared });
    const { buildNumber, defaultKeyValueStoreId } = await next.startRun();
    assert.equal(buildNumber, "0.1.2");
    assert.deepEqual(next.record(defaultKeyValueStoreId, "INPUT"), { depth: 2 });
  });

  it("has its tags from its declaration, except those that were moved", async () => {
    const folder = newFolder();
    const withBuilds = (...builds: { number: string; tags: string[] }[]): Declaration => ({
      users: declaration.users,
      actors: [{ username: "janedoe", name: "by-hand", manual: true, builds }],
    });
    const first = await startTestEmulator({
      stateFolder: folder,
      declaration: withBuilds({ number: "0.1.1", tags: ["latest", "beta"] }),
    });
    first.addBuild("janedoe~by-hand", { number: "0.9.1", tags: ["beta"] });
    await first.close();
    const edited = withBuilds(
      { number: "0.1.1", tags: [] },
      { number: "0.2.1", tags: ["latest", "beta"] },
    );
    const next = await startTestEmulator({ stateFolder: folder, declaration: edited });
    const { data } = await next.call<{ taggedBuilds: Record<string, { buildNumber: string }> }>(
      "GET /v2/actors/janedoe~by-hand",
    );
    const { latest, beta } = data.taggedBuilds;
    assert.deepEqual([latest?.buildNumber, beta?.buildNumber], ["0.2.1", "0.9.1"]);
  });

  it("has a tag where it was moved last", async () => {
    const folder = newFolder();
    const first = await startTestEmulator({ stateFolder: folder });
    first.addBuild("janedoe~by-hand", { number: "0.2.1", tags: ["latest"] });
    first.addBuild("janedoe~by-hand", { number: "0.3.1", tags: ["latest"] });
    for (let time = 0; time < 2; time += 1) {
      await first.close();
      const next = await startTestEmulator({ stateFolder: folder });
      assert.equal((await next.startRun()).buildNumber, "0.3.1");
      await next.close();
    }
  });
});
