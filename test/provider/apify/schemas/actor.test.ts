import assert from "node:assert/strict";
import { actorSchema } from "../../../../provider/apify/schemas/actor";

describe("the schema of an Actor", () => {
  const least = { id: "a1", name: "my-actor" };

  it("reads an Actor that has only what is required", () => {
    assert.deepEqual(actorSchema.parse(least), least);
  });

  it("reads an Actor whose other fields are null", () => {
    const actor = { ...least, username: null, taggedBuilds: null, defaultRunOptions: null };
    assert.deepEqual(actorSchema.parse(actor), actor);
  });

  it("reads the builds that tags point to, and tags that point nowhere", () => {
    const actor = {
      ...least,
      taggedBuilds: {
        latest: { buildId: "b1", buildNumber: "0.0.1", buildNumberInt: 1, finishedAt: null },
        beta: { buildId: "b2", buildNumber: null },
        gone: null,
      },
      defaultRunOptions: { build: "latest", memoryMbytes: 1024 },
      versions: [],
    };
    assert.deepEqual(actorSchema.parse(actor), actor);
  });

  it("drops what is not of its type, and keeps what is around it", () => {
    const odd = {
      id: 1,
      name: ["x"],
      username: {},
      taggedBuilds: { latest: { buildId: 7, buildNumber: "0.1.2" }, beta: "0.1.3", old: 4 },
      defaultRunOptions: { build: 5, memoryMbytes: 1024 },
    };
    assert.deepEqual(JSON.parse(JSON.stringify(actorSchema.parse(odd))), {
      taggedBuilds: { latest: { buildNumber: "0.1.2" } },
      defaultRunOptions: { memoryMbytes: 1024 },
    });
    assert.deepEqual(actorSchema.parse({}), {});
  });

  it("insists on an object", () => {
    for (const odd of [null, "a1", 5, []]) assert.equal(actorSchema.safeParse(odd).success, false);
  });
});
