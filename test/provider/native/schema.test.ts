import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { schemaPath, schemaText } from "../../../scripts/schema/schema";
import { runSchema } from "../../../provider/apify/schemas/run";
import schema from "../../../provider/native/schema.json";

describe("the schema of the native plugin", () => {
  it("is what the sources give: `npm run schema` makes it anew", async () => {
    const path = join(__dirname, "../../..", schemaPath);
    assert.equal(readFileSync(path, "utf8"), await schemaText());
  });

  it("describes each argument, output and configuration key", () => {
    const described = [
      ...Object.values(schema.resources).flatMap(({ properties, inputProperties }) => [
        ...Object.entries<{ description?: string }>(properties),
        ...Object.entries<{ description?: string }>(inputProperties),
      ]),
      ...Object.entries<{ description?: string }>(schema.config.variables),
    ];
    assert.deepEqual(
      described.filter(([, { description }]) => !description).map(([name]) => name),
      [],
    );
  });

  it("has an output for each field of a run but the newest, which are in `runJson` alone", () => {
    const outputs = Object.keys(schema.resources["apify:index:TaskRun"].properties);
    const renamed: Readonly<Record<string, string>> = { id: "runId", actorTaskId: "taskId" };
    const fields = Object.keys(runSchema.out.shape).map((name) => renamed[name] ?? name);
    assert.deepEqual(
      fields.filter((name) => !outputs.includes(name)),
      ["eventUsage", "createdByOrganizationMemberUserId"],
    );
  });

  it("names the dynamic resources as what its resources were before", () => {
    for (const [token, { aliases }] of Object.entries(schema.resources)) {
      const type = token.replace("apify:index:", "pulumi-nodejs:dynamic/apify:");
      assert.deepEqual(aliases, [{ type }]);
    }
  });

  it("keeps tokens secret", () => {
    const { token, accounts } = schema.provider.inputProperties;
    assert.deepEqual([token.secret, accounts.secret], [true, true]);
  });

  it("refers only to types that it has", () => {
    const text = JSON.stringify(schema);
    const names = [...text.matchAll(/"#\/types\/([^"]+)"/g)].map(([, name = ""]) => name);
    assert.deepEqual([...new Set(names)].sort(), Object.keys(schema.types).sort());
  });
});
