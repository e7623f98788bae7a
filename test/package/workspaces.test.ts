import { dirname } from "node:path";
import { pulumiVersions } from "../../scripts/matrix/versions";
import { describeEngine } from "../engine/support/describeEngine";
import { output } from "./support/checkout";
import {
  expectToldWhereToAdd,
  expectWorks,
  packedFixture,
  withoutRepositorysPackages,
  writeFiles,
} from "./support/consumerProjects";
import { commonJs } from "./support/consumers";
import { pnpmInstall } from "./support/pnpm";

const { lowest, pinned } = pulumiVersions();

describeEngine(
  "a workspace in which only a library has the packed package, made by",
  { sandboxPer: "test", shells: "dynamic" },
  (sandbox) => {
    const packed = packedFixture();

    /** The folder of the workspace, whose program is the sandbox's project. */
    const workspace = (): string => dirname(sandbox.project.folder);

    function manifest(name: string, more: object): string {
      return JSON.stringify({ name, version: "1.0.0", private: true, main: "index.js", ...more });
    }

    /** Writes a program that depends on a library, and on `more`, and a library that depends on the package. */
    function write(pulumi: string, libraryRange: string, more: object = {}): void {
      const program = { library: libraryRange, "@pulumi/pulumi": pulumi, ...more };
      const library = { "pulumi-apify": `file:${packed.tarball}`, "@pulumi/pulumi": pulumi };
      writeFiles(workspace(), {
        "package.json": manifest("workspace", { workspaces: ["shop", "library"] }),
        "pnpm-workspace.yaml": "packages:\n  - shop\n  - library\n",
        "library/package.json": manifest("library", { dependencies: library }),
        "library/index.js": `exports.declare = () => { ${commonJs.replace("module.exports =", "return")} };`,
        "shop/package.json": manifest("shop", { dependencies: program }),
        "shop/Pulumi.yaml": "name: shop\nruntime: nodejs\n",
        "shop/index.js": 'module.exports = require("library").declare();',
      });
    }

    it("npm, with the lowest @pulumi/pulumi, deploys: the package lies above the program", async () => {
      withoutRepositorysPackages(sandbox.project);
      write(lowest, "1.0.0");
      await output(workspace(), "npm", ["install", "--prefer-offline"]);
      await expectWorks(sandbox, sandbox.project);
    });

    it("pnpm says where to add it, and deploys once that is done", async () => {
      const { project } = sandbox;
      withoutRepositorysPackages(project);
      write(pinned, "workspace:*");
      await pnpmInstall(workspace());
      await expectToldWhereToAdd(sandbox, project);

      write(pinned, "workspace:*", { "pulumi-apify": `file:${packed.tarball}` });
      await pnpmInstall(workspace());
      await expectWorks(sandbox, project);
    });
  },
);
