import assert from "node:assert/strict";
import {
  expectDestroyed,
  expectSettled,
  startsOf,
  succeeds,
  writesOf,
} from "../support/acceptance";
import { describeEngine } from "../support/describeEngine";

const password = "open-sesame-4711";
const cookie = "session=0815-very-private";
const secrets = [password, cookie];

function programOf({ title, limit = 1 }: { title: string; limit?: number }): string {
  return `
    const deep = new apify.Task("deep", {
      actorId: "janedoe/obedient",
      title: ${JSON.stringify(title)},
      input: { limit: ${limit}, login: { user: "jane", password: pulumi.secret("${password}") } },
    });
    const whole = new apify.Task("whole", {
      actorId: "janedoe/obedient",
      title: ${JSON.stringify(title)},
      input: pulumi.secret({ cookie: "${cookie}", limit: ${limit} }),
    });
    for (const [name, task] of Object.entries({ deep, whole })) {
      new apify.TaskRun("run-" + name, { actorTaskId: task.id, triggers: [task.fingerprint] });
    }
    exports.deepId = deep.id;
    exports.wholeId = whole.id;`;
}

describeEngine("engine: secrets in a task's input", { sandboxPer: "suite" }, (sandbox) => {
  /** What the commands showed, and the states that they left, with secrets encrypted. */
  const traces: string[] = [];

  const note = async (output: Promise<string>): Promise<void> => {
    traces.push(await output);
    traces.push(await succeeds(sandbox.project.run(["stack", "export"])));
  };

  it("reach Apify, and are encrypted in the state", async () => {
    const { project, tasks } = sandbox;
    project.program(programOf({ title: "One" }));
    await note(succeeds(project.up("--diff")));
    const { deepId, wholeId } = await project.outputs();
    assert.deepEqual((await tasks.get(String(deepId))).input, {
      limit: 1,
      login: { user: "jane", password },
    });
    assert.deepEqual((await tasks.get(String(wholeId))).input, { cookie, limit: 1 });
    for (const { inputs, outputs } of await project.tasks()) {
      for (const properties of [inputs, outputs]) {
        assert.match(JSON.stringify(properties.input), /ciphertext/);
      }
    }
  });

  it("rerun nothing when only a title changes", async () => {
    const { emulator, project } = sandbox;
    project.program(programOf({ title: "Another" }));
    const { steps } = await project.preview();
    assert.deepEqual(steps.map(({ op, urn }) => `${op} ${urn.split("::").at(-1) ?? ""}`).sort(), [
      "update deep",
      "update whole",
    ]);
    emulator.clearRequests();
    await note(succeeds(project.up("--diff")));
    assert.deepEqual(startsOf(emulator), []);
    assert.equal(writesOf(emulator).length, 2);
  });

  it("stay encrypted through an edit, a refresh and the update after it", async () => {
    const { emulator, project, tasks } = sandbox;
    const { deepId, wholeId } = await project.outputs();
    await tasks.edit(String(deepId), { input: { limit: 5, login: { password } } });
    await tasks.edit(String(wholeId), { input: { limit: 5, cookie } });
    await note(succeeds(project.refresh("--diff")));
    project.program(programOf({ title: "Another", limit: 2 }));
    await note(succeeds(project.up("--diff")));
    assert.deepEqual((await tasks.get(String(wholeId))).input, { cookie, limit: 2 });
    await expectSettled(emulator, project);
    const decrypted = await project.exportState();
    for (const secret of secrets) {
      assert.ok(decrypted.includes(secret));
      for (const text of traces) assert.ok(!text.includes(secret), `"${secret}" is in:\n${text}`);
    }
    await expectDestroyed(emulator, project);
  });
});
