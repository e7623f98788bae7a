import assert from "node:assert/strict";
import { mkdirSync, symlinkSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { installInProject } from "../../scripts/matrix/installation";
import { entries, unitTest } from "../../scripts/matrix/programs";
import { describeEngine } from "../engine/support/describeEngine";
import { broughtPackages } from "./support/broughtPackages";
import { output } from "./support/checkout";
import {
  expectToldWhereToAdd,
  expectWorks,
  openConsumer,
  packedFixture,
  writeFiles,
} from "./support/consumerProjects";
import { bundledWithThisPackage, consumers } from "./support/consumers";
import { deployTwoStacks } from "./support/twoStacks";
import { installedVersion } from "./support/versions";

describeEngine(
  "the packed package, installed in",
  { sandboxPer: "suite", shells: "dynamic" },
  (sandbox) => {
    const packed = packedFixture();
    let modules: string;
    before(async () => {
      const own = ["@pulumi/pulumi", "typescript", "@types/node"].map(
        (name) => `${name}@${installedVersion(name)}`,
      );
      modules = await installInProject(join(packed.folder, "installation"), [
        packed.tarball,
        ...own,
      ]);
    });

    it("a project brings less than 30 packages that @pulumi/pulumi does not bring", () => {
      const brought = broughtPackages(modules);
      console.log(`      ${brought.length} packages beside those of @pulumi/pulumi`);
      assert.ok(brought.includes("node_modules/zod"));
      assert.ok(brought.length < 30, brought.join("\n"));
    });

    for (const [index, consumer] of consumers.entries()) {
      it(`${consumer.name} deploys once, leaves alone and destroys`, async () => {
        const project = await openConsumer(sandbox, `consumer-${index}`, consumer, modules);
        await expectWorks(sandbox, project);
      });
    }

    it("a program that was bundled with it in it, and installed nowhere else, is told where to add it", async () => {
      const project = await openConsumer(sandbox, "bundled", bundledWithThisPackage, modules);
      const installed = join(project.folder, "node_modules");
      unlinkSync(installed);
      mkdirSync(installed);
      symlinkSync(join(modules, "@pulumi"), join(installed, "@pulumi"), "dir");
      await expectToldWhereToAdd(sandbox, project);

      symlinkSync(join(modules, "pulumi-apify"), join(installed, "pulumi-apify"), "dir");
      await expectWorks(sandbox, project);
    });

    it("a program of the Automation API deploys two stacks at the same time, each with an account of its own", async () => {
      const { rounds, apifys } = await deployTwoStacks(join(packed.folder, "installation"));
      const items = [[{ title: "a" }], [{ title: "b" }]];
      assert.deepEqual(rounds, [items, items]);
      for (const apify of apifys) {
        assert.equal(apify.runs().length, 1);
        assert.ok(apify.requests.every(({ status }) => status !== 401));
      }
    });

    for (const shell of ["dynamic", "native"] as const) {
      it(`a unit test of ${entries[shell]} works with Pulumi's mocks`, async () => {
        const folder = join(packed.folder, "installation");
        writeFiles(folder, { [`${shell}.js`]: unitTest(shell) });
        await output(folder, process.execPath, [`${shell}.js`]);
      });
    }
  },
);
