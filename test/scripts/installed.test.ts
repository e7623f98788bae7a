import assert from "node:assert/strict";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { installedWay } from "../../scripts/pulumi-cli/installed";
import { temporaryFolder } from "./support/temporaryFolder";

const companions = ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"];

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
    assert.deepEqual(await installedWay([empty, bin].join(delimiter)).get(), {
      pulumi: join(bin, "pulumi"),
      binFolder: bin,
      version: "3.280.0",
      source: "installed",
    });
  });

  it("may be a link to where its companions are", async () => {
    const real = await programs("real", ["pulumi", ...companions]);
    const links = await programs("links", []);
    await symlink(join(real, "pulumi"), join(links, "pulumi"));
    assert.equal((await installedWay(links).get()).binFolder, links);
  });

  it("may have its companions elsewhere on PATH", async () => {
    const bin = await programs("bin", ["pulumi"]);
    const plugins = await programs("plugins", companions);
    assert.equal((await installedWay([bin, plugins].join(delimiter)).get()).binFolder, bin);
  });

  it("is passed over without the language host", async () => {
    const bin = await programs("bin", ["pulumi"]);
    await assert.rejects(installedWay(bin).get(), /comes without `pulumi-language-nodejs`/);
  });

  it("is passed over when it is too old", async () => {
    const bin = await programs("bin", ["pulumi", ...companions], "3.100.0");
    await assert.rejects(installedWay(bin).get(), /is version 3\.100\.0; 3\.216\.0 or newer/);
  });

  it("is missed where PATH holds none", async () => {
    await assert.rejects(installedWay(undefined).get(), /there is no `pulumi` on PATH/);
  });
});
