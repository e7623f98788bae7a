import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { expectDestroyed, expectSettled, recorded, succeeds } from "../support/acceptance";
import { describeEngine } from "../support/describeEngine";
import { setRuntime } from "./language";
import type { Project } from "../support/project";

/** A component in JavaScript, as a plugin for all languages. It hands its run to the program that declares it. */
const component = `
  const pulumi = require("@pulumi/pulumi");
  const apify = require("pulumi-apify/native");

  class Prices extends pulumi.ComponentResource {
    constructor(name, opts) {
      super("shop:index:Prices", name, {}, opts);
      this.run = new apify.TaskRun("run", { actorTaskId: "janedoe~scrape" }, { parent: this });
      this.registerOutputs({ run: this.run });
    }
  }

  const schema = {
    name: "shop",
    version: "1.0.0",
    resources: {
      "shop:index:Prices": { isComponent: true, properties: { run: { $ref: "pulumi.json#/Any" } } },
    },
  };
  const construct = (name, type, inputs, opts) => {
    const prices = new Prices(name, opts);
    return Promise.resolve({ urn: prices.urn, state: { run: prices.run } });
  };
  pulumi.provider.main(
    { version: "1.0.0", schema: JSON.stringify(schema), construct },
    process.argv.slice(2),
  );`;

function writeComponent(project: Project): void {
  const folder = join(project.folder, "shop");
  mkdirSync(folder);
  writeFileSync(join(folder, "index.js"), component);
  const launcher = '#!/bin/sh\nexec node "$(dirname "$0")/index.js" "$@"\n';
  writeFileSync(join(folder, "pulumi-resource-shop"), launcher, { mode: 0o755 });
  appendFileSync(join(project.folder, "Pulumi.yaml"), "    - name: shop\n      path: shop\n");
}

const title = "engine: a component in JavaScript that a program in YAML declares";
describeEngine(title, { sandboxPer: "suite", shells: "native" }, (sandbox) => {
  it("stores the values of its run one by one, as the program may read them", async () => {
    const { emulator, project } = sandbox;
    setRuntime(project, "yaml");
    writeComponent(project);
    writeFileSync(
      join(project.folder, "Main.yaml"),
      stringify({ resources: { prices: { type: "shop:Prices" } } }),
    );
    await succeeds(project.up());
    const { id, outputs } = await recorded(project, "run");
    assert.deepEqual([outputs.runId, outputs.status], [id, "SUCCEEDED"]);
    await expectSettled(emulator, project);
    await expectDestroyed(emulator, project);
  });
});
