import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { cachesFor } from "../../scripts/pulumi-cli/goCaches";
import { temporaryFolder } from "./support/temporaryFolder";

describe("the caches in which the Pulumi CLI is built", () => {
  const folder = temporaryFolder();
  const own = () => ({ GOMODCACHE: join(folder(), "mod"), GOCACHE: join(folder(), "go-build") });

  it("are temporary where the user has none", async () => {
    assert.deepEqual(await cachesFor(own(), "/temporary"), {
      GOMODCACHE: "/temporary/modules",
      GOCACHE: "/temporary/build",
    });
  });

  it("are the user's own where they exist", async () => {
    await mkdir(own().GOMODCACHE);
    assert.deepEqual(await cachesFor(own(), "/temporary"), {
      GOMODCACHE: own().GOMODCACHE,
      GOCACHE: "/temporary/build",
    });
    await mkdir(own().GOCACHE);
    assert.deepEqual(await cachesFor(own(), "/temporary"), own());
  });
});
