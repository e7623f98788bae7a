import assert from "node:assert/strict";
import { obtain, type PulumiCli, type Source, type Way } from "../../scripts/pulumi-cli/ways";

const cli = (source: Source): PulumiCli => ({
  pulumi: `/${source}/pulumi`,
  binFolder: `/${source}`,
  version: "3.274.1",
  source,
});

describe("getting a Pulumi CLI", () => {
  let tried: string[];
  beforeEach(() => {
    tried = [];
  });

  const open = (source: Source): Way => ({
    source,
    get() {
      tried.push(source);
      return Promise.resolve(cli(source));
    },
  });
  const closed = (source: Source, reason = "no"): Way => ({
    source,
    get() {
      tried.push(source);
      return Promise.reject(new Error(reason));
    },
  });
  const exclusively = (work: () => Promise<PulumiCli>) => {
    tried.push("lock");
    return work();
  };

  it("takes an installed one without looking further", async () => {
    const find = [open("installed"), open("cached")];
    const got = await obtain({ find, make: [open("built")], exclusively });
    assert.equal(got.source, "installed");
    assert.deepEqual(tried, ["installed"]);
  });

  it("takes one kept from an earlier run without waiting for the lock", async () => {
    const find = [closed("installed"), open("cached")];
    const got = await obtain({ find, make: [open("built")], exclusively });
    assert.equal(got.source, "cached");
    assert.deepEqual(tried, ["installed", "cached"]);
  });

  it("downloads before it builds, and looks once more under the lock", async () => {
    const got = await obtain({
      find: [closed("installed"), closed("cached")],
      make: [open("installer"), open("built")],
      exclusively,
    });
    assert.equal(got.source, "installer");
    assert.deepEqual(tried, ["installed", "cached", "lock", "installed", "cached", "installer"]);
  });

  it("uses what another process made while it waited for the lock", async () => {
    let made = false;
    const cached: Way = {
      source: "cached",
      get: () => (made ? Promise.resolve(cli("cached")) : Promise.reject(new Error("empty"))),
    };
    const got = await obtain({
      find: [closed("installed"), cached],
      make: [open("built")],
      exclusively(work) {
        made = true;
        return work();
      },
    });
    assert.equal(got.source, "cached");
    assert.ok(!tried.includes("built"));
  });

  it("says what to install, and why each way failed, when none is open", async () => {
    const attempt = obtain({
      find: [closed("installed", "there is no `pulumi` on PATH"), closed("cached", "it is empty")],
      make: [closed("installer", "no network"), closed("built", "go failed:\nline two")],
      exclusively,
    });
    await assert.rejects(attempt, {
      message: [
        "No Pulumi CLI could be had. Install one of these and run the same command again:",
        "  - the Pulumi CLI: https://www.pulumi.com/docs/install/",
        "  - or Go 1.26.6 or newer, by which it is then built",
        "What was tried:",
        "  - installed on this machine: there is no `pulumi` on PATH",
        "  - kept from an earlier run: it is empty",
        "  - by Pulumi's installer: no network",
        "  - built from its Go modules: go failed:",
        "    line two",
      ].join("\n"),
    });
  });
});
