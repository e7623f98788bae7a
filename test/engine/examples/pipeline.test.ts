import assert from "node:assert/strict";
import { expectDestroyed, expectSettled, startsOf, succeeds } from "../support/acceptance";
import { describeExample } from "../support/example";

describeExample("pipeline", (example) => {
  /** The tasks that were started since the requests were last cleared. */
  const started = (): readonly (string | undefined)[] =>
    startsOf(example.emulator).map(({ pathname }) => /~([\w-]+)\/runs$/.exec(pathname)?.[1]);

  it("runs its tasks one after the other, each on the dataset of the one before", async () => {
    await succeeds(example.documented("first"));
    assert.deepEqual(started(), ["collect", "clean", "report"]);
    const [collect, clean, report] = example.emulator.runs();
    const inputs = [clean, report].map((run) =>
      example.emulator.record(run?.defaultKeyValueStoreId ?? "", "INPUT"),
    );
    assert.deepEqual(inputs, [
      { datasetId: collect?.defaultDatasetId, withoutLicenses: ["UNLICENSED"] },
      { datasetId: clean?.defaultDatasetId },
    ]);
  });

  it("hands on what they found in the packages that are really installed", async () => {
    const { packages, reportStatus, licenses } = await example.project.outputs();
    const counts = Object.values(licenses as Record<string, number>);
    assert.equal(
      counts.reduce((sum, count) => sum + count),
      packages,
    );
    assert.equal(reportStatus, "SUCCEEDED");
  });

  it("keeps its data when the report fails, and goes on", async () => {
    example.emulator.clearRequests();
    const before = await example.project.outputs();
    await succeeds(example.documented("failure"));
    assert.deepEqual(started(), ["report"]);
    assert.deepEqual(await example.project.outputs(), { ...before, reportStatus: "FAILED" });
  });

  it("makes the report again, and nothing before it, until it is good", async () => {
    example.emulator.clearRequests();
    await succeeds(example.documented("again"));
    assert.deepEqual(started(), []);
    await succeeds(example.documented("mended"));
    assert.deepEqual(started(), ["report"]);
    assert.equal((await example.project.outputs()).reportStatus, "SUCCEEDED");
    await expectSettled(example.emulator, example.project);
  });

  it("leaves no run going when it is destroyed", () =>
    expectDestroyed(example.emulator, example.project));
});
