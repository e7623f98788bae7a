import assert from "node:assert/strict";
import {
  expectDestroyed,
  expectSettled,
  fails,
  recorded,
  startsOf,
  succeeds,
} from "../support/acceptance";
import { describeEngine } from "../support/describeEngine";

describeEngine("engine: importing a run", { sandboxPer: "test", shells: "native" }, (sandbox) => {
  /** A run that somebody else started. */
  async function startRun(task: string, input: object): Promise<string> {
    const { emulator, token } = sandbox;
    const response = await fetch(`${emulator.url}/v2/actor-tasks/janedoe~${task}/runs`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify(input),
    });
    const { data } = (await response.json()) as { data: { id: string } };
    if (task === "scrape") {
      await emulator.whenRun(({ id, status }) => id === data.id && status === "SUCCEEDED");
    }
    emulator.clearRequests();
    return data.id;
  }

  function program(args: string): void {
    sandbox.project.program(
      `const prices = new apify.TaskRun("prices", ${args});
      exports.runId = prices.runId;`,
    );
  }

  it("by the command leaves the next up nothing to do", async () => {
    const { emulator, project } = sandbox;
    const id = await startRun("scrape", { items: [{ price: 1 }] });
    program('{ actorTaskId: "janedoe~scrape" }');
    await succeeds(
      project.run([
        ...["import", "apify:index:TaskRun", "prices", id, "--yes", "--protect=false"],
        // The language host of the tests writes no programs.
        "--generate-code=false",
      ]),
    );
    assert.deepEqual((await recorded(project)).outputs.actorTaskId, emulator.run(id)?.actorTaskId);
    assert.equal((await recorded(project)).id, id);
    await expectSettled(emulator, project);
    assert.equal((await project.outputs()).runId, id);
    assert.deepEqual(startsOf(emulator), []);
    await expectDestroyed(emulator, project);
  });

  it("by the option encrypts what additionalSecretOutputs names, wherever the state has it", async () => {
    const { emulator, project } = sandbox;
    const id = await startRun("scrape", {});
    program(`{ actorTaskId: "~scrape" }, { import: "${id}", additionalSecretOutputs: ["status"] }`);
    await succeeds(project.up());
    // No program has told the plugin to store the values of the run only once.
    const { runJson, status, usage } = (await recorded(project)).outputs;
    for (const value of [runJson, status, usage]) assert.ok("ciphertext" in (value as object));
    await expectDestroyed(emulator, project);
  });

  for (const [what, args] of [
    ["the name of the task", '{ actorTaskId: "janedoe~scrape" }'],
    [
      "the whole input",
      '{ actorTaskId: "janedoe~scrape", input: { items: [{ price: 1 }], message: "m" } }',
    ],
    ["a part of the input", '{ actorTaskId: "~scrape", input: { message: "m" }, triggers: [1] }'],
  ] as const) {
    it(`by the option starts no run, with ${what}`, async () => {
      const { emulator, project } = sandbox;
      const id = await startRun("scrape", { items: [{ price: 1 }], message: "m" });
      program(`${args}, { import: "${id}" }`);
      const { steps } = await project.preview();
      assert.deepEqual(
        steps.filter(({ urn }) => urn.endsWith("::prices")).map(({ op }) => op),
        ["import"],
      );
      await succeeds(project.up());
      assert.equal((await project.outputs()).runId, id);
      await expectSettled(emulator, project);
      program(args);
      await expectSettled(emulator, project);
      assert.deepEqual(startsOf(emulator), []);
      program(args.replace('~scrape"', '~scrape", maxItems: 7'));
      await succeeds(project.up());
      assert.equal(startsOf(emulator).length, 1);
      await expectSettled(emulator, project);
    });
  }

  it("that is still running lets the next up wait for it", async () => {
    const { emulator, project } = sandbox;
    const id = await startRun("by-hand", {});
    program(`{ actorTaskId: "janedoe~by-hand" }, { import: "${id}" }`);
    await succeeds(project.up());
    const command = project.start(["up", "--yes", "--skip-preview"]);
    await command.shows(`Resuming the wait for run ${id}`);
    emulator.finish(id);
    assert.equal((await command.ended).code, 0);
    assert.deepEqual(startsOf(emulator), []);
    await expectSettled(emulator, project);
  });

  it("fails for a run that does not exist", async () => {
    const { project } = sandbox;
    program('{ actorTaskId: "janedoe~scrape" }, { import: "noSuchRun1" }');
    assert.match(await fails(project.up()), /Run noSuchRun1 was not found on Apify/);
  });
});
