import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, readFile, utimes, writeFile } from "node:fs/promises";
import { homedir, hostname } from "node:os";
import { basename, join } from "node:path";
import { fillCache, findCached, openCache, withLock } from "../../../scripts/pulumi-cli/cache";
import { companions } from "../../../scripts/pulumi-cli/hosts/hosts";
import { deadPid } from "../support/deadPid";
import { temporaryFolder } from "../support/temporaryFolder";
import type { Cache } from "../../../scripts/pulumi-cli/cache";

const cli = { key: "key", version: "3.274.1" };

describe("the cache folder", () => {
  const cacheFolder = (env: NodeJS.ProcessEnv): string => openCache(env, cli).folder;

  it("is in the user's cache folder", () => {
    assert.equal(cacheFolder({}), join(homedir(), ".cache/pulumi-apify/pulumi-cli"));
    assert.equal(cacheFolder({ XDG_CACHE_HOME: "/c" }), "/c/pulumi-apify/pulumi-cli");
    assert.equal(cacheFolder({ XDG_CACHE_HOME: "" }), cacheFolder({}));
  });

  it("can be set", () => {
    assert.equal(cacheFolder({ XDG_CACHE_HOME: "/c", PULUMI_APIFY_CLI_CACHE: "/mine" }), "/mine");
  });
});

describe("filling the cache", () => {
  const folder = temporaryFolder();
  let cache: Cache;
  beforeEach(() => {
    cache = openCache({ PULUMI_APIFY_CLI_CACHE: folder() }, cli);
  });

  it("keeps a CLI that the next run finds", async () => {
    await assert.rejects(findCached(cache), /there is no `pulumi` in /);
    const made = await fillCache(cache, (root) => writeBinaries(root, cli.version));
    const binFolder = join(folder(), cache.key, "bin");
    const expected = { pulumi: join(binFolder, "pulumi"), binFolder, version: cli.version };
    assert.deepEqual(made, expected);
    assert.deepEqual(await findCached(cache), expected);
    assert.deepEqual(await readdir(folder()), [cache.key]);
  });

  it("leaves nothing behind if making the CLI fails", async () => {
    const failing = fillCache(cache, async (root) => {
      await mkdir(join(root, "bin"));
      throw new Error("the disk is full");
    });
    await assert.rejects(failing, { message: "the disk is full" });
    assert.deepEqual(await readdir(folder()), []);
  });

  it("leaves nothing behind if a signal ends it", async () => {
    const script = `
      import { fillCache } from ${JSON.stringify(join(__dirname, "../../../scripts/pulumi-cli/cache"))};
      const cache = { folder: ${JSON.stringify(folder())}, key: "key", version: "3.274.1" };
      void fillCache(cache, (root) => new Promise(() => {
        setInterval(() => undefined, 60_000);
        console.log(root);
      }));`;
    const file = join(folder(), "fill.ts");
    await writeFile(file, script);
    const child = spawn(process.execPath, ["-r", "ts-node/register/transpile-only", file], {
      cwd: join(__dirname, "../../.."),
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
    const filling = fillCache(cache, (root) => writeBinaries(root, "3.1.0"));
    await assert.rejects(filling, /has version 3\.1\.0, not 3\.274\.1/);
    assert.deepEqual(await readdir(folder()), []);
  });

  it("replaces a cached CLI that does not run", async () => {
    await writeBinaries(join(folder(), cache.key), cli.version);
    const broken = join(folder(), cache.key, "bin", "pulumi");
    await writeFile(broken, "#!/bin/sh\nexit 1\n");
    await assert.rejects(findCached(cache), /failed \(exit code 1\)/);
    await fillCache(cache, (root) => writeBinaries(root, cli.version));
    assert.match(await readFile(broken, "utf8"), /echo v3/);
    assert.deepEqual(await readdir(folder()), [cache.key]);
  });

  it("removes the folders of killed processes, but not those of living ones", async () => {
    const ofDead = `${cache.key}.tmp-${deadPid()}-a`;
    const ofLiving = `${cache.key}.tmp-${process.pid}-b`;
    for (const name of [ofDead, ofLiving]) await mkdir(join(folder(), name));
    await fillCache(cache, (root) => writeBinaries(root, cli.version));
    assert.deepEqual((await readdir(folder())).sort(), [cache.key, ofLiving]);
  });
});

describe("the lock", () => {
  const folder = temporaryFolder();
  const lock = () => join(folder(), "cache", "lock");
  const anyOther = () => join(folder(), "lock");

  it("makes the second of two callers wait for the first, and names the holder", async () => {
    const events: string[] = [];
    const { promise: secondWaits, resolve: onSecondWaiting } = promiseWithResolver<string>();
    const first = withLock(lock(), async () => {
      events.push("first begins");
      void second();
      events.push(`second waits for ${await secondWaits}`);
      events.push("first ends");
    });
    let ofSecond: Promise<void> | undefined;
    const second = () =>
      (ofSecond = withLock(
        lock(),
        () => {
          events.push("second begins");
          return Promise.resolve();
        },
        {
          pollMillis: 1,
          onWait: (holder) => {
            onSecondWaiting(holder);
            return () => events.push("second has waited");
          },
        },
      ));
    await first;
    await ofSecond;
    assert.deepEqual(events, [
      "first begins",
      `second waits for process ${process.pid}`,
      "first ends",
      "second has waited",
      "second begins",
    ]);
  });

  it("admits one caller at a time if several find the same stale lock", async () => {
    await writeFile(anyOther(), JSON.stringify({ pid: deadPid(), host: hostname(), id: "x" }));
    let inside = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++inside);
      await readdir(folder());
      inside--;
    };
    const callers = Array.from({ length: 5 }, () => withLock(anyOther(), work, { pollMillis: 1 }));
    await Promise.all(callers);
    assert.equal(most, 1);
  });

  it("is taken over from a process that has died", async () => {
    await writeFile(anyOther(), JSON.stringify({ pid: deadPid(), host: hostname(), id: "x" }));
    assert.equal(await withLock(anyOther(), () => Promise.resolve("done")), "done");
  });

  it("is taken over from a living process id that has not renewed it", async () => {
    await writeFile(anyOther(), JSON.stringify({ pid: process.pid, host: hostname(), id: "x" }));
    const longAgo = new Date(Date.now() - 120_000);
    await utimes(anyOther(), longAgo, longAgo);
    assert.equal(await withLock(anyOther(), () => Promise.resolve("done")), "done");
  });

  it("is released if the work fails", async () => {
    const failing = withLock(anyOther(), () => Promise.reject(new Error("it broke")));
    await assert.rejects(failing, { message: "it broke" });
    assert.deepEqual(await readdir(folder()), []);
  });

  it("is not removed if another process took it in the meantime", async () => {
    await withLock(anyOther(), () => writeFile(anyOther(), "another's"));
    assert.equal(await readFile(anyOther(), "utf8"), "another's");
  });
});

/** Writes shell scripts instead of binaries. */
async function writeBinaries(root: string, version: string): Promise<void> {
  const bin = join(root, "bin");
  await mkdir(bin, { recursive: true });
  for (const name of ["pulumi", ...companions]) {
    await writeFile(join(bin, name), `#!/bin/sh\necho v${version}\n`, { mode: 0o755 });
  }
}

function promiseWithResolver<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((given) => {
    resolve = given;
  });
  return { promise, resolve };
}
