import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Script } from "node:vm";
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { parse } from "acorn";
import { version } from "../../package.json";
import { archiveName, writeArchives } from "../../scripts/release/archives";
import { emptyMessage } from "../support/protobuf";
import type { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";

const program = "pulumi-resource-apify";
const systems = ["darwin", "linux", "windows"] as const;
const processors = ["amd64", "arm64"] as const;

describe("the archives of the plugin", () => {
  let folder: string;
  let archives: string;
  /** An archive unpacked, in the worst place: in a package of ES modules. */
  let unpacked: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "pulumi-apify-archives-test-"));
    archives = join(folder, "archives");
    await writeArchives(archives);
    unpacked = join(folder, "unpacked");
    mkdirSync(unpacked);
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    const file = join(archives, archiveName({ os: "linux", arch: "amd64" }));
    execFileSync("tar", ["-xzf", file, "-C", unpacked]);
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** Where nothing is but, if it is wanted, Node. */
  function emptyPath(...programs: readonly "node"[]): string {
    const path = mkdtempSync(join(folder, "path-"));
    for (const each of programs) symlinkSync(process.execPath, join(path, each));
    return path;
  }

  it("have the names that Pulumi asks for, and the checksums that are beside them", () => {
    const expected = systems.flatMap((os) =>
      processors.map((arch) => `${program}-v${version}-${os}-${arch}.tar.gz`),
    );
    assert.deepEqual(readdirSync(archives).sort(), ["SHA256SUMS", ...expected]);
    const checked = execFileSync("sha256sum", ["--check", "--strict", "SHA256SUMS"], {
      cwd: archives,
      encoding: "utf8",
    });
    assert.deepEqual(
      checked.trim().split("\n"),
      expected.map((name) => `${name}: OK`),
    );
  });

  it("have the same bytes when they are made again, also by a cautious user", async () => {
    const again = join(folder, "again");
    const umask = process.umask(0o077);
    await writeArchives(again).finally(() => process.umask(umask));
    const sums = (path: string): string => readFileSync(join(path, "SHA256SUMS"), "utf8");
    assert.equal(sums(again), sums(archives));
  });

  for (const os of systems) {
    it(`hold for ${os} what is needed there, without owners and times`, () => {
      for (const arch of processors) {
        const file = join(archives, archiveName({ os, arch }));
        const listed = execFileSync("tar", ["-tvzf", file, "--utc"], { encoding: "utf8" });
        const entries = listed
          .trim()
          .split("\n")
          .map((line) => line.replace(/ +\d+ 1970-01-01 00:00 /, " "));
        assert.deepEqual(entries, [
          "-rw-r--r-- 0/0 LICENSE",
          "-rw-r--r-- 0/0 THIRD_PARTY_LICENSES",
          "-rw-r--r-- 0/0 package.json",
          `-rwxr-xr-x 0/0 ${program}`,
          ...(os === "windows" ? [`-rw-r--r-- 0/0 ${program}.cmd`] : []),
        ]);
      }
    });
  }

  it("hold the licences of the packages that are in the plugin", () => {
    const text = readFileSync(join(unpacked, "THIRD_PARTY_LICENSES"), "utf8");
    for (const name of ["@grpc/grpc-js", "axios", "google-protobuf", "zod"]) {
      assert.match(text, new RegExp(`^(.*, )?${name} \\d`, "m"));
    }
    assert.doesNotMatch(text, /undefined/);
  });

  it("hold a plugin that needs nothing but Node, and says the version of the package", async () => {
    const child = spawn(join(unpacked, program), {
      cwd: emptyPath(),
      env: { PATH: emptyPath("node") },
      stdio: ["ignore", "pipe", "inherit"],
    });
    try {
      const [port] = (await Promise.race([
        once(createInterface(child.stdout), "line"),
        once(child, "close").then(() => Promise.reject(new Error("The plugin did not start."))),
      ])) as [string];
      const client = new ResourceProviderClient(
        `127.0.0.1:${port}`,
        grpc.credentials.createInsecure(),
      );
      const info = await new Promise<PluginInfo>((resolve, reject) => {
        client.getPluginInfo(emptyMessage() as never, (error, answer) => {
          if (error === null) resolve(answer);
          else reject(error);
        });
      });
      client.close();
      assert.equal(info.getVersion(), version);
    } finally {
      child.kill();
    }
  });

  it("hold a plugin that says in one sentence that there is no Node", () => {
    const { status, stdout, stderr } = spawnSync(join(unpacked, program), {
      env: { PATH: emptyPath() },
      encoding: "utf8",
    });
    assert.equal(
      stderr,
      'The Pulumi plugin for Apify needs Node.js 20 or newer, and there is no "node" on the PATH.\n',
    );
    assert.deepEqual([status, stdout], [1, ""]);
  });

  /** What the plugin writes before it ends with an exit code, in a Node of this version. */
  function underNode(node: string): { code: unknown; written: string } {
    let written = "";
    const ended = (code: number): never => {
      throw Object.assign(new Error("ended"), { code });
    };
    const globals = {
      process: { versions: { node }, execPath: "/usr/bin/node", exit: ended },
      require: () => ({ writeSync: (_: number, text: string) => (written += text) }),
    };
    const script = new Script(readFileSync(join(unpacked, program), "utf8"));
    try {
      script.runInNewContext(globals);
    } catch (error) {
      return { code: (error as { code?: unknown }).code, written };
    }
    return { code: undefined, written };
  }

  for (const old of ["0.12.18", "9.11.2", "18.20.8", "19.9.0"]) {
    it(`hold a plugin that says in one sentence that Node ${old} is too old`, () => {
      assert.deepEqual(underNode(old), {
        code: 1,
        written: `The Pulumi plugin for Apify needs Node.js 20 or newer: /usr/bin/node is ${old}.\n`,
      });
    });
  }

  it("hold a plugin that goes on with Node 20 and newer", () => {
    for (const node of ["20.0.0", "100.0.0"]) assert.equal(underNode(node).written, "");
  });

  it("hold a plugin that old versions of Node can read, so that they come to that sentence", () => {
    const text = readFileSync(join(unpacked, program), "utf8");
    parse(text, { ecmaVersion: 2019, sourceType: "script", allowHashBang: true });
  });
});
