import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { archiveName, writeArchives } from "../../../scripts/release/archives";
import { version } from "../../../package.json";
import { testServers } from "../../support/httpServer";
import { expectDestroyed, expectSettled, fails, startsOf, succeeds } from "../support/acceptance";
import { describeEngine } from "../support/describeEngine";
import type { TestServer } from "../../support/httpServer";
import type { Project } from "../support/project";

/** The archive that Pulumi asks for on this machine. */
const ownArchive = archiveName({
  os: process.platform === "darwin" ? "darwin" : "linux",
  arch: process.arch === "arm64" ? "arm64" : "amd64",
});

const title = "engine: the plugin from a server";
describeEngine(title, { sandboxPer: "test", shells: "native" }, (sandbox) => {
  const { serve } = testServers();
  let folder: string;
  let archive: Buffer;
  let project: Project;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "pulumi-apify-install-"));
    await writeArchives(folder);
    archive = readFileSync(join(folder, ownArchive));
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    // Without the last variable, Pulumi would take the plugin that npm has put on the PATH of these tests.
    project = await sandbox.openProject("elsewhere", {
      ...sandbox.environment,
      PULUMI_IGNORE_AMBIENT_PLUGINS: "true",
    });
  });

  /** A server with this archive under the name that Pulumi asks for. */
  const serveArchive = (content: Buffer): Promise<TestServer> =>
    serve((response, { path }) => {
      if (path === `/releases/${ownArchive}`) response.end(content);
      else response.writeHead(404).end();
    });

  const install = (...options: readonly string[]) =>
    project.run(["plugin", "install", "resource", "apify", `v${version}`, ...options]);

  async function installed(): Promise<readonly string[]> {
    const listed = await succeeds(project.run(["plugin", "ls", "--json"]));
    const plugins = JSON.parse(listed) as readonly { name: string; version: string }[];
    return plugins.map((plugin) => `${plugin.name} ${plugin.version}`);
  }

  /** Writes a program of one run. The project has no other word about the plugin than these options. */
  function program(options: Readonly<Record<string, string>>): void {
    const prices = {
      type: "apify:TaskRun",
      properties: { actorTaskId: "janedoe~scrape" },
      options,
    };
    const { folder: at, name } = project;
    const text = stringify({ name, runtime: "yaml", resources: { prices } });
    writeFileSync(join(at, "Pulumi.yaml"), text);
  }

  async function expectDeploys(): Promise<void> {
    const { emulator } = sandbox;
    await succeeds(project.up());
    assert.equal(startsOf(emulator).length, 1);
    await expectSettled(emulator, project);
    await expectDestroyed(emulator, project);
  }

  it("is installed by a command, and deploys with nothing of it in the project or on the PATH", async () => {
    const { baseUrl, requests } = await serveArchive(archive);
    const checksum = createHash("sha256").update(archive).digest("hex");
    await succeeds(install("--server", `${baseUrl}/releases`, "--checksum", checksum));
    assert.deepEqual(await installed(), [`apify ${version}`]);
    program({});
    await expectDeploys();
    assert.equal(requests.length, 1);
  });

  const places = {
    "a resource": (url: string) => {
      program({ version, pluginDownloadURL: url });
    },
    "the project": (url: string) => {
      program({});
      const sdks = join(project.folder, "sdks", "apify");
      mkdirSync(sdks, { recursive: true });
      const declared = { packageDeclarationVersion: 1, name: "apify", version, downloadUrl: url };
      writeFileSync(join(sdks, `apify-${version}.yaml`), stringify(declared));
    },
  };
  for (const [place, programSaying] of Object.entries(places)) {
    it(`is installed by the first up, where ${place} says from where`, async () => {
      const { baseUrl, requests } = await serveArchive(archive);
      programSaying(`${baseUrl}/releases`);
      await expectDeploys();
      assert.deepEqual(
        requests.map(({ path }) => path),
        [`/releases/${ownArchive}`],
      );
      assert.deepEqual(await installed(), [`apify ${version}`]);
    });
  }

  it("tells who has no Node that it needs one", async () => {
    await succeeds(install("--file", join(folder, ownArchive)));
    program({});
    const nowhere = { PATH: join(folder, "nowhere") };
    const output = await fails(project.run(["up", "--yes", "--skip-preview"], nowhere));
    assert.match(output, /The Pulumi plugin for Apify needs Node\.js 20 or newer/);
    assert.deepEqual(startsOf(sandbox.emulator), []);
  });

  it("is not installed from half an archive or from one with another checksum, and then from a file", async () => {
    const half = await serveArchive(archive.subarray(0, archive.length / 2));
    await fails(install("--server", `${half.baseUrl}/releases`));
    assert.deepEqual(await installed(), []);
    const whole = await serveArchive(archive);
    const options = ["--server", `${whole.baseUrl}/releases`, "--checksum", "0".repeat(64)];
    await fails(install(...options));
    assert.deepEqual(await installed(), []);
    await succeeds(install("--file", join(folder, ownArchive)));
    assert.deepEqual(await installed(), [`apify ${version}`]);
  });
});
