import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { languageHosts, sdkModule, sdkVersion } from "../../../scripts/pulumi-cli/hosts/hosts";
import {
  cacheKey,
  chooseGoCaches,
  cliBinary,
  cliVersion,
  oldestGo,
  versionKey,
} from "../../../scripts/pulumi-cli/provision";
import { temporaryFolder } from "../support/temporaryFolder";

describe("the cache key", () => {
  const parts = { os: "linux", arch: "x64", contents: ["go.mod", "go.sum"] };

  it("contains both versions and the kind of machine", () => {
    assert.match(versionKey(parts), /^3\.274\.1-host-3\.68\.0-linux-x64-[0-9a-f]{12}$/);
  });

  it("changes with everything that the binaries are made from", () => {
    const others = [
      { ...parts, os: "darwin" },
      { ...parts, arch: "arm64" },
      { ...parts, contents: ["go.mod", "go.sum, changed"] },
      { ...parts, contents: ["go.modgo.sum"] },
    ];
    const keys = [parts, parts, ...others].map(versionKey);
    assert.equal(new Set(keys).size, 1 + others.length);
  });

  it("changes with the list of language hosts", async () => {
    const lists = languageHosts.map((host) => languageHosts.filter((each) => each !== host));
    const renamed = languageHosts.map((host) => ({ ...host, name: `${host.name}-too` }));
    const keys = [languageHosts, ...lists, renamed].map((list) => cacheKey(list));
    assert.equal(new Set(await Promise.all(keys)).size, languageHosts.length + 2);
  });
});

describe("the build", () => {
  const goMod = (folder: string) => readFileSync(join(folder, "go.mod"), "utf8");

  it("has the versions that the checked-in modules pin", () => {
    const cli = goMod(cliBinary.moduleFolder);
    assert.match(cli, new RegExp(`require github.com/pulumi/pulumi/pkg/v3 v${cliVersion}\n`));
    assert.match(cli, new RegExp(`github.com/pulumi/pulumi/sdk/v3 v${cliVersion}\\b`));
    const hosts = languageHosts.filter((host) => host.package.startsWith(`${sdkModule}/`));
    assert.deepEqual(
      hosts.map(({ name }) => name),
      ["pulumi-language-nodejs", "pulumi-language-python"],
    );
    for (const { moduleFolder } of hosts) {
      assert.match(goMod(moduleFolder), new RegExp(`require ${sdkModule} v${sdkVersion}\n`));
    }
  });

  it("needs the Go version that the CLI's module requires", () => {
    assert.match(goMod(cliBinary.moduleFolder), new RegExp(`^go ${oldestGo}$`, "m"));
  });
});

describe("the Go caches of a build", () => {
  const folder = temporaryFolder();
  const user = () => ({ GOMODCACHE: join(folder(), "mod"), GOCACHE: join(folder(), "go-build") });

  it("are temporary where the user has none", async () => {
    assert.deepEqual(await chooseGoCaches(user(), "/temporary"), {
      GOMODCACHE: "/temporary/modules",
      GOCACHE: "/temporary/build",
    });
  });

  it("are the user's own where they exist", async () => {
    await mkdir(user().GOMODCACHE);
    assert.deepEqual(await chooseGoCaches(user(), "/temporary"), {
      GOMODCACHE: user().GOMODCACHE,
      GOCACHE: "/temporary/build",
    });
    await mkdir(user().GOCACHE);
    assert.deepEqual(await chooseGoCaches(user(), "/temporary"), user());
  });
});
