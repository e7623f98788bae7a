import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { chosenSeed } from "../../support/figures";
import { expectDestroyed, expectSettled, succeeds } from "../support/acceptance";
import { describeEngine } from "../support/describeEngine";
import { head } from "../support/valuesProgram";

/** How many TaskRuns, each with a random input and a random trigger. */
const count = 120;

/** What `JSON.stringify` in the program made of the values of a TaskRun. */
interface Expected {
  readonly input: unknown;
  readonly triggers: unknown;
}

/**
 * Deploys random values and writes down what `JSON.stringify` makes of each. The same seed gives the
 * same values in each command, since a program is run anew each time.
 */
function program(seed: number): string {
  return `${head}
    const { writeFileSync } = require("node:fs");
    const { sample } = here("fast-check");
    const { programValue } = here("./test/support/programValues");
    const values = sample(programValue, { seed: ${seed}, numRuns: ${2 * count} });
    const expected = {};
    for (let i = 0; i < ${count}; i++) {
      const name = "run-" + i;
      const [value, trigger] = values.slice(2 * i);
      const args = (side) => ({ input: { mark: name, value: value[side] }, triggers: [trigger[side]] });
      expected[name] = JSON.parse(JSON.stringify(args("plain")));
      new apify.TaskRun(name, { actorTaskId: "janedoe~scrape", ...args("wrapped") });
    }
    writeFileSync("expected.json", JSON.stringify(expected));`;
}

describeEngine("random values in the arguments", { sandboxPer: "suite" }, (sandbox) => {
  let expected: Readonly<Record<string, Expected>>;

  before(async () => {
    const { project } = sandbox;
    const seed = chosenSeed();
    console.log(`      seed ${seed}: set PULUMI_APIFY_SEED to repeat it`);
    project.program(program(seed));
    await succeeds(project.up());
    expected = JSON.parse(readFileSync(join(project.folder, "expected.json"), "utf8")) as Readonly<
      Record<string, Expected>
    >;
  });

  it("arrive at Apify as JSON.stringify has them", () => {
    const { emulator } = sandbox;
    const inputs = emulator
      .runs()
      .map((run) => emulator.record(run.defaultKeyValueStoreId, "INPUT"));
    const arrived = inputs.map((input) => [(input as { mark: string }).mark, input] as const);
    assert.equal(inputs.length, count);
    assert.deepEqual(
      Object.fromEntries(arrived.sort()),
      Object.fromEntries(
        Object.entries(expected)
          .map(([name, { input }]) => [name, input])
          .sort(),
      ),
    );
  });

  it("are in the state as JSON.stringify has them, triggers too", async () => {
    const { project } = sandbox;
    const { deployment } = JSON.parse(await project.exportState()) as {
      deployment: { resources: { urn: string; inputs?: unknown }[] };
    };
    for (const { urn, inputs } of deployment.resources) {
      const name = urn.split("::").at(-1) ?? "";
      const args = expected[name];
      if (args === undefined) continue;
      const { input, triggers } = withoutSecrets(inputs) as Expected;
      assert.deepEqual({ input, triggers }, args, name);
    }
  });

  it("are the same for the next deployment, which does nothing", async () => {
    const { emulator, project } = sandbox;
    await expectSettled(emulator, project);
    await expectDestroyed(emulator, project);
  });
});

/** An exported state with its secrets in plain text. */
function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== "object" || value === null) return value;
  const { plaintext } = value as { plaintext?: string };
  if ("4dabf18193072939515e22adb298388d" in value && plaintext !== undefined) {
    return withoutSecrets(JSON.parse(plaintext));
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, withoutSecrets(inner)]),
  );
}
