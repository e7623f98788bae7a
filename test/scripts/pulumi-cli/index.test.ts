import assert from "node:assert/strict";
import { obtain } from "../../../scripts/pulumi-cli";
import type { PulumiCli, Source, Way } from "../../../scripts/pulumi-cli";

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

  const possible = (source: Source): Way => ({
    source,
    get: () => {
      tried.push(source);
      return Promise.resolve(cli(source));
    },
  });
  const impossible = (source: Source, reason = "no"): Way => ({
    source,
    get: () => {
      tried.push(source);
      return Promise.reject(new Error(reason));
    },
  });
  const exclusively = (work: () => Promise<PulumiCli>) => {
    tried.push("lock");
    return work();
  };

  it("takes an installed one without trying more", async () => {
    const find = [possible("installed"), possible("cached")];
    const got = await obtain({ find, make: [possible("built")], exclusively });
    assert.equal(got.source, "installed");
    assert.deepEqual(tried, ["installed"]);
  });

  it("takes a cached one without waiting for the lock", async () => {
    const find = [impossible("installed"), possible("cached")];
    const got = await obtain({ find, make: [possible("built")], exclusively });
    assert.equal(got.source, "cached");
    assert.deepEqual(tried, ["installed", "cached"]);
  });

  it("downloads before it builds, and looks again under the lock", async () => {
    const got = await obtain({
      find: [impossible("installed"), impossible("cached")],
      make: [possible("installer"), possible("built")],
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
      find: [impossible("installed"), cached],
      make: [possible("built")],
      exclusively(work) {
        made = true;
        return work();
      },
    });
    assert.equal(got.source, "cached");
    assert.ok(!tried.includes("built"));
  });

  it("says what to install, and why each way failed", async () => {
    const attempt = obtain({
      find: [
        impossible("installed", "there is no `pulumi` on PATH"),
        impossible("cached", "it is empty"),
      ],
      make: [impossible("installer", "no network"), impossible("built", "go failed:\nline two")],
      exclusively,
    });
    await assert.rejects(attempt, {
      message: [
        "There is no Pulumi CLI. Install one of these and run the same command again:",
        "  - the Pulumi CLI: https://www.pulumi.com/docs/install/",
        "  - or Go 1.26.6 or newer, with which this project builds the CLI",
        "What was tried:",
        "  - installed on this machine: there is no `pulumi` on PATH",
        "  - cached by an earlier run: it is empty",
        "  - downloaded by Pulumi's installer: no network",
        "  - built from its Go modules: go failed:",
        "    line two",
      ].join("\n"),
    });
  });
});
