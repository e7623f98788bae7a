import assert from "node:assert/strict";
import { expectDestroyed, expectSettled, fails, startsOf, succeeds } from "../support/acceptance";
import { describeExample } from "../support/example";

const dayMillis = 24 * 60 * 60 * 1000;

describeExample("freshness", (example) => {
  const check = "pulumi refresh --preview-only --expect-no-changes";

  it("collects its data once", async () => {
    await succeeds(example.documented("first"));
    assert.equal(startsOf(example.emulator).length, 2);
  });

  it("tells after a week that both runs are stale, and runs nothing to find out", async () => {
    await example.age(8 * dayMillis);
    example.emulator.clearRequests();
    await fails(example.documented("stale"));
    await fails(example.documented("preview"));
    assert.deepEqual(example.emulator.writes(), []);
  });

  it("collects both again, and is fresh then", async () => {
    await succeeds(example.documented("again"));
    assert.equal(startsOf(example.emulator).length, 2);
    await succeeds(example.project.shell(check));
    await succeeds(example.documented("fresh"));
    await expectSettled(example.emulator, example.project);
  });

  it("collects only what is stale when it is one of the two", async () => {
    const { emulator, project } = example;
    const daily = (await project.taskRuns()).find(({ name }) => name === "daily");
    const startedAt = new Date(Date.now() - 2 * dayMillis).toISOString();
    emulator.setStatus(String(daily?.id), { startedAt });
    await succeeds(project.refresh());
    emulator.clearRequests();
    await succeeds(project.up());
    assert.deepEqual(
      startsOf(emulator).map(({ body }) => body),
      [{ packages: ["typescript"] }],
    );
  });

  it("leaves no run going when it is destroyed", () =>
    expectDestroyed(example.emulator, example.project));
});
