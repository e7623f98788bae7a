import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installInProject, packPackage } from "./matrix/installation";
import { compatibilityPath, matrixTable, withMatrix } from "./matrix/report";
import { stories } from "./matrix/stories";
import { newestPulumi, nodeBinary, nodeReleases, pulumiVersions } from "./matrix/versions";
import { pulumiCli } from "./pulumi-cli";
import { root } from "./testing/tool";
import type { Cell } from "./matrix/report";
import type { Pair } from "./matrix/stories";

/**
 * Tries the packed package with each pair of Node.js and `@pulumi/pulumi`, and writes the table of
 * docs/compatibility.md. With versions of `@pulumi/pulumi` as arguments it tries those instead, and writes nothing.
 */
async function matrix(given: readonly string[]): Promise<void> {
  const cli = await pulumiCli();
  const pulumi = given.length === 0 ? await ownVersions() : asked(given);
  const folder = mkdtempSync(join(tmpdir(), "pulumi-apify-matrix-"));
  const cells: Cell[] = [];
  try {
    const tarball = await packPackage(folder);
    for (const version of Object.keys(pulumi)) {
      const modules = await installInProject(join(folder, version), [
        tarball.path,
        `@pulumi/pulumi@${version}`,
      ]);
      for (const release of nodeReleases) {
        const node = await nodeBinary(release);
        const failed = await failedStories({ cli, node, modules });
        cells.push({ node: node.version, pulumi: version, failed });
        console.log(`Node ${node.version}, @pulumi/pulumi ${version}: ${failed.length} failed`);
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const date = new Date().toLocaleDateString("en-GB", { dateStyle: "long" });
  const table = matrixTable({ date, cli: cli.version, pulumi, cells });
  console.log(`\n${table}`);
  if (cells.some(({ failed }) => failed.length > 0)) process.exitCode = 1;
  if (given.length > 0) return;
  const page = join(root, compatibilityPath);
  writeFileSync(page, await withMatrix(readFileSync(page, "utf8"), table));
}

async function ownVersions(): Promise<Readonly<Record<string, string>>> {
  const { lowest, pinned } = pulumiVersions();
  const newest = await newestPulumi();
  return {
    [lowest]: "the lowest",
    [newest]: "the newest",
    [pinned]: "of the other tests",
  };
}

function asked(versions: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(versions.map((version) => [version, "asked for"]));
}

/** Tries two stories at a time: a deployment mostly waits for one process. */
async function failedStories(pair: Pair): Promise<readonly string[]> {
  const failed: string[] = [];
  const waiting = Object.entries(stories);
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [name, story] = next;
      try {
        await story(pair);
      } catch (error) {
        failed.push(name);
        console.log(`✖ ${name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  };
  await Promise.all([work(), work()]);
  return failed;
}

matrix(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
