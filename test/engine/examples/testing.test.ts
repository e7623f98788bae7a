import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { succeeds } from "../support/acceptance";
import { createProject, temporaryBackend, type Backend } from "../support/project";

describe("the example testing", () => {
  let backend: Backend;

  before(() => {
    backend = temporaryBackend();
  });
  after(() => {
    backend.remove();
  });

  it("deploys its program to a local Apify in its own tests, and leaves nothing behind", async () => {
    const project = await createProject({
      backend,
      example: "testing",
      environment: { PULUMI_NODEJS_TRANSPILE_ONLY: "true" },
    });
    const output = await succeeds(project.shell("npm test"));
    assert.match(output, /3 passing/);
    assert.equal(existsSync(join(project.folder, "Pulumi.test.yaml")), false);
  });
});
