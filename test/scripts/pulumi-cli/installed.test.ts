import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { companions } from "../../../scripts/pulumi-cli/hosts/hosts";
import {
  compareVersions,
  findInstalled,
  isSupported,
  parseVersion,
} from "../../../scripts/pulumi-cli/installed";
import { temporaryFolder } from "../support/temporaryFolder";

describe("an installed Pulumi CLI", () => {
  const folder = temporaryFolder();

  async function programs(name: string, programNames: readonly string[], version = "3.280.0") {
    const path = join(folder(), name);
    await mkdir(path);
    for (const program of programNames) {
      await writeFile(join(path, program), `#!/bin/sh\necho v${version}\n`, { mode: 0o755 });
    }
    return path;
  }

  it("is found on PATH", async () => {
    const empty = await programs("empty", []);
    const bin = await programs("bin", ["pulumi", ...companions]);
    assert.deepEqual(await findInstalled([empty, bin].join(delimiter)), {
      pulumi: join(bin, "pulumi"),
      binFolder: bin,
      version: "3.280.0",
    });
  });

  it("may be a link to the folder of its companions", async () => {
    const real = await programs("real", ["pulumi", ...companions]);
    const links = await programs("links", []);
    await symlink(join(real, "pulumi"), join(links, "pulumi"));
    assert.equal((await findInstalled(links)).binFolder, links);
  });

  it("may have its companions elsewhere on PATH", async () => {
    const bin = await programs("bin", ["pulumi"]);
    const plugins = await programs("plugins", companions);
    assert.equal((await findInstalled([bin, plugins].join(delimiter))).binFolder, bin);
  });

  it("is refused without the language host", async () => {
    const bin = await programs("bin", ["pulumi"]);
    await assert.rejects(findInstalled(bin), /comes without `pulumi-language-nodejs`/);
  });

  it("is refused if it is too old", async () => {
    const bin = await programs("bin", ["pulumi", ...companions], "3.100.0");
    await assert.rejects(findInstalled(bin), /is version 3\.100\.0; 3\.216\.0 or newer/);
  });

  it("is asked for its version with a temporary home, where it may write logs", async () => {
    const bin = await programs("bin", companions);
    const file = join(folder(), "home");
    const script = `#!/bin/sh\necho v3.280.0\nprintf %s "$PULUMI_HOME" > ${file}\n`;
    await writeFile(join(bin, "pulumi"), script, { mode: 0o755 });
    assert.equal((await findInstalled(bin)).version, "3.280.0");
    const home = await readFile(file, "utf8");
    assert.match(home, /pulumi-apify-home-/);
    assert.equal(existsSync(home), false);
  });

  it("is missing if PATH has none", async () => {
    await assert.rejects(findInstalled(undefined), /there is no `pulumi` on PATH/);
  });
});

describe("a version of the Pulumi CLI", () => {
  it("is read from what `pulumi version` prints", () => {
    assert.deepEqual(parseVersion("v3.274.1\n"), [3, 274, 1]);
    assert.deepEqual(parseVersion("v3.275.0-alpha.x1234"), [3, 275, 0]);
    assert.deepEqual(parseVersion("warning: odd\n3.9.12"), [3, 9, 12]);
  });

  it("is undefined if the text has none", () => {
    assert.equal(parseVersion("v3.274"), undefined);
  });

  it("is compared by numbers, not by characters", () => {
    assert.ok(compareVersions([3, 99, 0], [3, 216, 0]) < 0);
    assert.ok(compareVersions([4, 0, 0], [3, 274, 1]) > 0);
    assert.ok(compareVersions([3, 216, 1], [3, 216, 0]) > 0);
    assert.equal(compareVersions([3, 216, 0], [3, 216, 0]), 0);
  });

  it("is supported from the oldest that shows the diffs of dynamic providers", () => {
    assert.deepEqual(["3.216.0", "3.274.1"].map(isSupported), [true, true]);
    assert.deepEqual(["3.215.9", "none"].map(isSupported), [false, false]);
  });
});
