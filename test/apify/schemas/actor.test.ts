import assert from "node:assert/strict";
import { actorSchema } from "../../../provider/apify/schemas/actor";

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

  it("insists on an id and a name", () => {
    assert.equal(actorSchema.safeParse({ name: "x" }).success, false);
    assert.equal(actorSchema.safeParse({ id: "", name: "x" }).success, false);
    assert.equal(actorSchema.safeParse({ id: "a1" }).success, false);
  });
});
