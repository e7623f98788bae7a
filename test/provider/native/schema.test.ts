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

  it("describes each argument, output, configuration key, and property of a type", () => {
    interface Described {
      readonly description?: string;
    }
    const properties = [
      schema.config.variables,
      ...Object.values(schema.resources).flatMap((each) => [each.properties, each.inputProperties]),
      ...Object.values(schema.functions).flatMap(({ inputs, outputs }) => [
        inputs.properties,
        outputs.properties,
      ]),
      ...Object.values(schema.types).flatMap((type) =>
        "properties" in type ? [type.properties] : [],
      ),
    ].flatMap((each) => Object.entries<Described>(each));
    const types = Object.entries<Described>(schema.types);
    assert.ok(types.length > 10 && properties.length > 150);
    assert.deepEqual(
      [...properties, ...types].filter(([, { description }]) => !description).map(([name]) => name),
      [],
    );
  });

  it("says nothing that is true in TypeScript or of the dynamic provider alone", () => {
    const text = JSON.stringify(schema);
    for (const word of [
      "undefined",
      "dynamic resources",
      "JSON.stringify",
      "@link",
      "pulumi.output",
    ])
      assert.ok(!text.includes(word), word);
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
