import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, join } from "node:path";
import {
  cachedWay,
  cacheFolder,
  fillCache,
  openCache,
  versionKey,
  type Cache,
} from "../../scripts/pulumi-cli/cache";
import { cliVersion } from "../../scripts/pulumi-cli/recipe";
import { deadPid } from "./support/deadPid";
import { temporaryFolder } from "./support/temporaryFolder";

describe("the key of a kept Pulumi CLI", () => {
  const parts = { os: "linux", arch: "x64", contents: ["go.mod", "go.sum"] };

  it("shows both versions and the kind of machine", () => {
    assert.match(versionKey(parts), /^3\.274\.1-host-3\.68\.0-linux-x64-[0-9a-f]{12}$/);
  });

  it("changes with whatever the binaries are made from", () => {
    const others = [
      { ...parts, os: "darwin" },
      { ...parts, arch: "arm64" },
      { ...parts, contents: ["go.mod", "go.sum, changed"] },
      { ...parts, contents: ["go.modgo.sum"] },
    ];
    const keys = [parts, parts, ...others].map(versionKey);
    assert.equal(new Set(keys).size, 1 + others.length);
  });
});

describe("the folder of kept Pulumi CLIs", () => {
  it("is in the user's cache folder", () => {
    assert.equal(cacheFolder({}), join(homedir(), ".cache/pulumi-apify/pulumi-cli"));
    assert.equal(cacheFolder({ XDG_CACHE_HOME: "/c" }), "/c/pulumi-apify/pulumi-cli");
    assert.equal(cacheFolder({ XDG_CACHE_HOME: "" }), cacheFolder({}));
  });

  it("can be chosen", () => {
    assert.equal(cacheFolder({ XDG_CACHE_HOME: "/c", PULUMI_APIFY_CLI_CACHE: "/mine" }), "/mine");
  });
});

describe("filling the cache", () => {
  const folder = temporaryFolder();
  let cache: Cache;
  beforeEach(async () => {
    cache = await openCache({ PULUMI_APIFY_CLI_CACHE: folder() });
  });

  it("keeps a CLI that the next run finds", async () => {
    await assert.rejects(cachedWay(cache).get(), /there is no `pulumi` in /);
    const made = await fillCache(cache, "built", (root) => standIn(root, cliVersion));
    const found = await cachedWay(cache).get();
    const binFolder = join(folder(), cache.key, "bin");
    const cli = { pulumi: join(binFolder, "pulumi"), binFolder, version: cliVersion };
    assert.deepEqual(made, { ...cli, source: "built" });
    assert.deepEqual(found, { ...cli, source: "cached" });
    assert.deepEqual(await readdir(folder()), [cache.key]);
  });

  it("leaves nothing behind when making fails", async () => {
    const failing = fillCache(cache, "built", async (root) => {
      await mkdir(join(root, "bin"));
      throw new Error("the disk is full");
    });
    await assert.rejects(failing, { message: "the disk is full" });
    assert.deepEqual(await readdir(folder()), []);
  });

  it("leaves nothing behind when it is asked to end meanwhile", async () => {
    const script = `
      import { fillCache } from ${JSON.stringify(join(__dirname, "../../scripts/pulumi-cli/cache"))};
      const cache = { folder: ${JSON.stringify(folder())}, key: "key" };
      void fillCache(cache, "built", (root) => new Promise(() => {
        setInterval(() => undefined, 60_000);
        console.log(root);
      }));`;
    const file = join(folder(), "fill.ts");
    await writeFile(file, script);
    const child = spawn(process.execPath, ["-r", "ts-node/register/transpile-only", file], {
      cwd: join(__dirname, "../.."),
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [root] = (await once(child.stdout, "data")) as [Buffer];
    const left = (await readdir(folder())).filter((name) => name !== "fill.ts");
    assert.deepEqual(left, [basename(root.toString().trim())]);
    child.kill("SIGTERM");
    assert.deepEqual(await once(child, "close"), [143, null]);
    assert.deepEqual(await readdir(folder()), ["fill.ts"]);
  });

  it("refuses a CLI of another version", async () => {
    const filling = fillCache(cache, "installer", (root) => standIn(root, "3.1.0"));
    await assert.rejects(filling, /holds version 3\.1\.0, not 3\.274\.1/);
    assert.deepEqual(await readdir(folder()), []);
  });

  it("replaces a kept CLI that does not run", async () => {
    await standIn(join(folder(), cache.key), cliVersion);
    const broken = join(folder(), cache.key, "bin", "pulumi");
    await writeFile(broken, "#!/bin/sh\nexit 1\n");
    await assert.rejects(cachedWay(cache).get(), /failed \(exit code 1\)/);
    await fillCache(cache, "built", (root) => standIn(root, cliVersion));
    assert.match(await readFile(broken, "utf8"), /echo v3/);
    assert.deepEqual(await readdir(folder()), [cache.key]);
  });

  it("removes what a killed process left, and nothing of a living one", async () => {
    const ofDead = `${cache.key}.tmp-${deadPid()}-a`;
    const ofLiving = `${cache.key}.tmp-${process.pid}-b`;
    for (const name of [ofDead, ofLiving]) await mkdir(join(folder(), name));
    await fillCache(cache, "built", (root) => standIn(root, cliVersion));
    assert.deepEqual((await readdir(folder())).sort(), [cache.key, ofLiving]);
  });
});

/** Shell scripts in place of the binaries. */
async function standIn(root: string, version: string): Promise<void> {
  const bin = join(root, "bin");
  await mkdir(bin, { recursive: true });
  for (const name of ["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"]) {
    await writeFile(join(bin, name), `#!/bin/sh\necho v${version}\n`, { mode: 0o755 });
  }
}
