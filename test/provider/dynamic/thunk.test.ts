import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { storedProvider } from "../../support/storedProvider";

for (const [kind, fixture, module] of [
  ["TaskRun", "thunk.txt", "pulumi-apify/dynamic-provider"],
  ["Task", "taskThunk.txt", "pulumi-apify/dynamic-task-provider"],
] as const) {
  describe(`the thunk of a ${kind}`, () => {
    let text: string;
    before(async () => {
      text = await storedProvider(kind);
    });

    it("has the text that every state holds, to the letter", () => {
      const locked = readFileSync(join(__dirname, "../../fixtures", fixture), "utf8");
      assert.equal(text, locked);
    });

    it("is what Pulumi's own serializer makes of a provider with this method", async () => {
      const provider = eval(`({
    configure(request) {
        require("${module}").install(this, request);
    },
})`) as object;
      const { text: serialized } = await pulumi.runtime.serializeFunction(() => provider);
      assert.equal(text, serialized);
    });

    it("is at most 900 characters long, since each resource stores it twice", () => {
      assert.ok(text.length <= 900, `${text.length} characters`);
    });

    it("requires nothing but the installed package", () => {
      const required = [...text.matchAll(/require\(([^)]*)\)/g)].map(([, what]) => what);
      assert.deepEqual(required, [`"${module}"`]);
    });
  });
}
