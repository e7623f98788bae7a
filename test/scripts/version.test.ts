import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { complainIfTooOld } from "../../scripts/pulumi-cli/installed";
import {
  cliBinary,
  cliVersion,
  hostBinary,
  hostVersion,
  oldestGo,
} from "../../scripts/pulumi-cli/recipe";
import { compareVersions, parseVersion } from "../../scripts/pulumi-cli/version";

describe("a version of the Pulumi CLI", () => {
  it("is read from what `pulumi version` prints", () => {
    assert.deepEqual(parseVersion("v3.274.1\n"), [3, 274, 1]);
    assert.deepEqual(parseVersion("v3.275.0-alpha.x1234"), [3, 275, 0]);
    assert.deepEqual(parseVersion("warning: odd\n3.9.12"), [3, 9, 12]);
  });

  it("is not found where there is none", () => {
    assert.equal(parseVersion("v3.274"), undefined);
  });

  it("is compared by numbers, not by letters", () => {
    assert.ok(compareVersions([3, 99, 0], [3, 216, 0]) < 0);
    assert.ok(compareVersions([4, 0, 0], [3, 274, 1]) > 0);
    assert.ok(compareVersions([3, 216, 1], [3, 216, 0]) > 0);
    assert.equal(compareVersions([3, 216, 0], [3, 216, 0]), 0);
  });

  it("is accepted from the oldest one on that shows a dynamic provider's diffs", () => {
    assert.equal(complainIfTooOld("3.216.0"), undefined);
    assert.equal(complainIfTooOld("3.274.1"), undefined);
    assert.equal(complainIfTooOld("3.215.9"), "is version 3.215.9; 3.216.0 or newer is needed");
  });
});

describe("the build recipe", () => {
  const goMod = (folder: string) => readFileSync(join(folder, "go.mod"), "utf8");

  it("names the versions that the checked-in modules pin", () => {
    const cli = goMod(cliBinary.moduleFolder);
    assert.match(cli, new RegExp(`require github.com/pulumi/pulumi/pkg/v3 v${cliVersion}\n`));
    assert.match(cli, new RegExp(`github.com/pulumi/pulumi/sdk/v3 v${cliVersion}\\b`));
    const host = goMod(hostBinary.moduleFolder);
    assert.match(host, new RegExp(`require github.com/pulumi/pulumi/sdk/v3 v${hostVersion}\n`));
  });

  it("tells users to install a Go that the CLI's module accepts", () => {
    assert.match(goMod(cliBinary.moduleFolder), new RegExp(`^go ${oldestGo}$`, "m"));
  });
});
