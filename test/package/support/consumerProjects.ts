import assert from "node:assert/strict";
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { packPackage } from "../../../scripts/matrix/installation";
import { expectNoChange, fails, startsOf, succeeds } from "../../engine/support/acceptance";
import { fixture } from "../../engine/support/fixture";
import type { Opened } from "../../engine/support/describeEngine";
import type { Project } from "../../engine/support/project";
import type { Consumer } from "./consumers";

/** The packed package, in a temporary folder that the suite has for itself. */
export interface PackedFolder {
  readonly folder: string;
  readonly tarball: string;
  readonly packedBytes: number;
  readonly unpackedBytes: number;
}

/** Packs the package for the suite. */
export function packedFixture(): Omit<PackedFolder & { close(): Promise<void> }, "close"> {
  return fixture("suite", async () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), "pulumi-apify-package-")));
    const { path, ...sizes } = await packPackage(folder);
    return {
      folder,
      tarball: path,
      ...sizes,
      close: () => {
        rmSync(folder, { recursive: true, force: true });
        return Promise.resolve();
      },
    };
  });
}

/** Writes files into a folder, with the folders that they lie in. */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** Makes the project of a consumer, who shares these packages with others. */
export async function openConsumer(
  sandbox: Opened,
  name: string,
  consumer: Consumer,
  modules: string,
): Promise<Project> {
  const project = await sandbox.openProject(name);
  withoutRepositorysPackages(project);
  symlinkSync(modules, join(project.folder, "node_modules"), "dir");
  const settings = `name: ${name}\n${consumer.files["Pulumi.yaml"]}`;
  writeFiles(project.folder, { ...consumer.files, "Pulumi.yaml": settings });
  consumer.build?.(project.folder);
  return project;
}

/** Takes the packages of this repository away from a project. */
export function withoutRepositorysPackages(project: Project): void {
  unlinkSync(join(project.folder, "node_modules"));
}

/** Deploys a project with one TaskRun, leaves it alone and destroys it. */
export async function expectWorks({ emulator }: Opened, project: Project): Promise<void> {
  emulator.clearRequests();
  await succeeds(project.up());
  assert.equal(startsOf(emulator).length, 1);
  assert.deepEqual(await project.outputs(), { status: "SUCCEEDED", items: [{ price: 1 }] });
  await expectNoChange(emulator, project);
  await succeeds(project.destroy());
  assert.deepEqual(await project.taskRuns(), []);
}

/** Expects that a program fails, because Pulumi's host would not find the package, and is told what to do. */
export async function expectToldWhereToAdd({ emulator }: Opened, project: Project): Promise<void> {
  emulator.clearRequests();
  const shown = await fails(project.up());
  assert.ok(shown.includes(`Pulumi loads the provider from ${project.folder}, where`), shown);
  assert.match(
    shown,
    /Add the same version to the dependencies of the Pulumi program: run `npm install pulumi-apify@\d/,
  );
  assert.doesNotMatch(shown, /\bat .*\.js:\d+|Require stack/);
  assert.deepEqual(emulator.requests, []);
}
