import assert from "node:assert/strict";
import { expectDestroyed, expectSettled, succeeds, writesOf } from "../support/acceptance";
import { describeEngine } from "../support/describeEngine";
import type { Fault, RecordedRequest } from "../../../emulator";

/** What happens to the create of the task that is named like it. */
const faults: Readonly<Record<string, Fault>> = {
  "reset-before": { kind: "reset", when: "beforeWork" },
  "reset-after": { kind: "reset", when: "afterWork" },
  "cut-body": { kind: "cutBody" },
  "empty-body": { kind: "emptyBody" },
  "not-json": { kind: "notJson" },
  "error-after": { kind: "answer", work: "done", status: 500, type: "internal-error" },
  "error-before": { kind: "answer", work: "none", status: 502, type: "bad-gateway" },
  "too-fast": { kind: "answer", work: "none", status: 429, type: "rate-limit-exceeded" },
};

/** With a name of their own, and with the one that the provider gives them. */
const kinds = ["explicit", "automatic"] as const;

describeEngine("engine: the create of a task", { sandboxPer: "suite" }, (sandbox) => {
  it("makes one task for each resource, whatever becomes of the answer", async () => {
    const { emulator, project, tasks } = sandbox;
    const names = Object.keys(faults).flatMap((name) => kinds.map((kind) => `${kind}-${name}`));
    const createOf =
      (name: string) =>
      ({ method, pathname, body }: RecordedRequest): boolean =>
        method === "POST" &&
        pathname === "/v2/actor-tasks" &&
        String((body as { name?: unknown }).name).startsWith(name);
    for (const [name, fault] of Object.entries(faults)) {
      for (const kind of kinds) {
        emulator.faults.inject({ endpoint: "any", fault, when: createOf(`${kind}-${name}`) });
      }
    }
    project.program(`
      for (const name of ${JSON.stringify(names)}) {
        const own = name.startsWith("explicit") ? { name } : {};
        new apify.Task(name, { actorId: "janedoe/obedient", input: { name }, ...own });
      }`);
    await succeeds(project.up());

    assert.equal(emulator.faults.injected, names.length);
    const created = await tasks.all();
    assert.deepEqual(created.map(({ input }) => input?.name).sort(), [...names].sort());
    const recorded = await project.tasks();
    for (const { id, input } of created) {
      assert.equal(recorded.find(({ name }) => name === input?.name)?.id, id);
    }
    assert.ok(writesOf(emulator).every((write) => write.startsWith("POST /v2/actor-tasks ")));
    await expectSettled(emulator, project);
    await expectDestroyed(emulator, project);
    assert.deepEqual(await tasks.all(), []);
  });
});
