import assert from "node:assert/strict";
import { recordedRun, recordedRuns, succeeds } from "./support/acceptance";
import { describeEngine } from "./support/describeEngine";

/** One resource for each ending, with this in front of its name, and its old name as an alias. */
function programOf(
  resources: Readonly<Record<string, string>>,
  renamed: "" | "renamed-" = "renamed-",
): string {
  return Object.entries(resources)
    .map(
      ([name, args]) =>
        `new apify.TaskRun("${renamed}${name}", { ${args} }, { aliases: [{ name: "${name}" }] });`,
    )
    .join("\n");
}

describeEngine(
  "engine: a TaskRun that was renamed, with an alias",
  { sandboxPer: "suite" },
  (sandbox) => {
    const live = 'actorTaskId: "janedoe~by-hand", waitSecs: 0';
    const good = 'actorTaskId: "janedoe~scrape", onDelete: "purge", onFailure: "continue"';
    const all = { good, undeclared: live, destroyed: live };
    let old: ReadonlyMap<string, string>;

    before(async () => {
      const { project } = sandbox;
      project.program(programOf(all, ""));
      await succeeds(project.up());
      old = await recordedRuns(project);
      project.program(programOf(all));
      await succeeds(project.up());
    });

    const statusOf = (name: string): string | undefined =>
      sandbox.emulator.run(old.get(name) ?? "")?.status;

    it("keeps its last good data when the rerun fails", async () => {
      const { project } = sandbox;
      project.program(programOf({ ...all, good: `${good}, input: { exitCode: 3 }` }));
      await succeeds(project.up());
      assert.equal((await recordedRun(project, "renamed-good")).status, "FAILED");
      assert.equal(statusOf("good"), "SUCCEEDED");
    });

    it("stops its run when it is deleted by up --refresh", async () => {
      const { project } = sandbox;
      project.program(programOf({ destroyed: live }));
      await succeeds(project.up("--refresh"));
      assert.deepEqual([statusOf("undeclared"), statusOf("destroyed")], ["ABORTED", "RUNNING"]);
    });

    it("stops its run when it is deleted by destroy --refresh", async () => {
      await succeeds(sandbox.project.destroy("--refresh"));
      assert.equal(statusOf("destroyed"), "ABORTED");
    });
  },
);
