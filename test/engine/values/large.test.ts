import assert from "node:assert/strict";
import { expectSettled, succeeds } from "../support/acceptance";
import { describeEngine } from "../support/describeEngine";

/** The inputs, as code and as values: whatever a program can hold, it can send. */
const inputs = `({
  "a list of 20,000": { list: Array.from({ length: 20_000 }, (_, i) => (i % 3 === 0 ? null : i)) },
  "a text of 4 MB": { text: "é😀\\u0000<&".repeat(500_000) },
  "2,000 keys": Object.fromEntries(Array.from({ length: 2_000 }, (_, i) => ["key." + i, [{}]])),
  "200 levels": Array.from({ length: 199 }).reduce((inner, _, i) => i % 2 === 0 ? [inner] : { inner }, 1),
})`;

describeEngine("a large value in the input", { sandboxPer: "suite" }, (sandbox) => {
  it("arrives whole, and changes nothing the second time", async () => {
    const { emulator, project } = sandbox;
    project.program(`Object.entries(${inputs}).forEach(([name, value], index) =>
      new apify.TaskRun("run-" + index, { actorTaskId: "janedoe~scrape", input: { name, value } }));`);
    await succeeds(project.up());
    // The very code that the program ran.
    const expected = eval(inputs) as Readonly<Record<string, unknown>>;
    const arrived = emulator.runs().map(({ defaultKeyValueStoreId }) => {
      const { name, value } = emulator.record(defaultKeyValueStoreId, "INPUT") as {
        name: string;
        value: unknown;
      };
      return [name, value] as const;
    });
    assert.deepEqual(Object.fromEntries(arrived), expected);
    await expectSettled(emulator, project);
  });
});
