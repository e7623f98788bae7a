import assert from "node:assert/strict";
import { refusedMembers, refusedOutsideOutputs, refusedValues } from "../../support/refusedValues";
import { fails, succeeds } from "../support/acceptance";
import { describeEngine } from "../support/describeEngine";
import { head } from "../support/valuesProgram";

/** A path of an argument, and a piece of what is said of it. */
type Said = readonly [string, string];

interface Wrong {
  readonly what: string;
  /** The arguments, as code that may use the lists of refused values. */
  readonly args: string;
  readonly said: readonly Said[];
}

const values = Object.entries(refusedValues).map(([name, [, reason]]) => [name, reason] as const);
const members = Object.entries({ ...refusedMembers, ...refusedOutsideOutputs })
  // It needs Pulumi to tell whether a value is a secret, and so comes alone.
  .filter(([path]) => path !== ".secretNothing")
  .map(([path, [, reason]]) => [path, reason] as const);

const wrong: readonly Wrong[] = [
  {
    what: "right there",
    args: "input: valuesBy((make) => make())",
    said: values.map(([name, reason]) => [`input.${name}`, reason]),
  },
  {
    what: "in triggers, and with keys that are lost",
    args: "triggers: [1, { list: [valuesBy((make) => make())] }], input: { members }",
    said: [
      ...values.map(([name, reason]) => [`triggers[1].list[0].${name}`, reason] as const),
      ...members.map(
        ([path, reason], index) => [`input.members[${index}]${path}`, reason] as const,
      ),
    ],
  },
  {
    what: "in Outputs, secrets and promises",
    args: `input: valuesBy((make, index) => index % 3 === 0
      ? pulumi.output(1).apply(() => [make()])
      : index % 3 === 1
        ? pulumi.secret(1).apply(() => [make()])
        : Promise.resolve(1).then(() => [make()]))`,
    said: values.map(([name, reason]) => [`input.${name}[0]`, reason]),
  },
  {
    what: "a secret without a value",
    args: "input: { password: pulumi.secret(undefined) }",
    said: [["input.password", "is a secret without a value"]],
  },
  {
    what: "in the place of a string",
    args: "build: () => 'latest', webhooks: [{ requestUrl: new Map(), eventTypes: new Set() }]",
    said: [
      ["build", "is a function"],
      ["webhooks[0].requestUrl", "is a Map"],
      ["webhooks[0].eventTypes", "is a Set"],
    ],
  },
];

describeEngine("a value that JSON does not have", { sandboxPer: "suite" }, (sandbox) => {
  for (const [index, { what, args, said }] of wrong.entries()) {
    it(`is refused with its path, by preview and by up: ${what}`, async () => {
      const { emulator, project } = sandbox;
      project.program(`${head}
        const { refusedValues, refusedMembers, refusedOutsideOutputs } = here("./test/support/refusedValues");
        const valuesBy = (wrap) => Object.fromEntries(
          Object.entries(refusedValues).map(([name, [make]], index) => [name, wrap(make, index)]));
        const members = Object.entries({ ...refusedMembers, ...refusedOutsideOutputs })
          .filter(([path]) => path !== ".secretNothing").map(([, [make]]) => make());
        new apify.TaskRun("prices", { actorTaskId: "janedoe~scrape", ${args} });`);
      // The program refuses it before the engine hears of it, in the one command as in the other.
      const commands = [["preview"], ["up", "--yes", "--skip-preview"]];
      for (const command of index === 0 ? commands : commands.slice(index % 2, (index % 2) + 1)) {
        const output = await fails(project.run(command));
        for (const [path, reason] of said) {
          const lines = output.split("\n").map((line) => line.trim());
          const line = lines.find((each) => each.startsWith(`\`${path}\` `));
          assert.ok(line?.includes(reason), `${path} should say "${reason}":\n${output}`);
        }
        assert.doesNotMatch(output, /^\s+at /m, "a stack is of no use");
      }
      assert.deepEqual(emulator.writes(), []);
      assert.deepEqual(await project.taskRuns(), []);
    });
  }
});

describeEngine("a Date in the arguments", { sandboxPer: "suite" }, (sandbox) => {
  it("reruns when it changes, and only then", async () => {
    const { emulator, project } = sandbox;
    const starts = async (since: number, week: number): Promise<number> => {
      project.program(`new apify.TaskRun("prices", { actorTaskId: "janedoe~scrape",
        input: { since: new Date(${since}), from: pulumi.secret(1).apply(() => new URL("https://example.com")) },
        triggers: [pulumi.output(1).apply(() => new Date(${week}))] });`);
      emulator.clearRequests();
      await succeeds(project.up());
      return emulator.writes().filter(({ pathname }) => pathname.endsWith("/runs")).length;
    };
    assert.equal(await starts(0, 0), 1);
    assert.equal(await starts(1_000, 0), 1);
    assert.equal(await starts(1_000, 1_000), 1);
    assert.equal(await starts(1_000, 1_000), 0);
    const [run] = emulator.runs().slice(-1);
    assert.deepEqual(emulator.record(run?.defaultKeyValueStoreId ?? "", "INPUT"), {
      since: "1970-01-01T00:00:01.000Z",
      from: "https://example.com/",
    });
  });
});
