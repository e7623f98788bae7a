import assert from "node:assert/strict";
import { expectDestroyed, expectSettled, fails, recorded, succeeds } from "./support/acceptance";
import { describeEngine } from "./support/describeEngine";
import { diagnosticsOf } from "./support/terminal";

/** The lines that are about the stack: rows of it, and what stands under its name at the end. */
function linesOfTheStack(output: string): readonly string[] {
  let inDiagnostics = false;
  let underTheStack = false;
  return output.split("\n").filter((line) => {
    if (line.startsWith("Diagnostics:")) inDiagnostics = true;
    if (!inDiagnostics) return line.includes("pulumi:pulumi:Stack");
    if (/^ {2}\S/.test(line)) underTheStack = line.includes("pulumi:pulumi:Stack");
    return underTheStack;
  });
}

function occurrences(text: string, part: string): number {
  return text.split(part).length - 1;
}

describeEngine("engine: what is shown of a run", { sandboxPer: "test" }, (sandbox) => {
  const up = ["up", "--yes", "--skip-preview"];

  it("names the run with its link before it ends, and follows it in the resource's own row", async () => {
    const { emulator, project } = sandbox;
    project.program('new apify.TaskRun("prices", { actorTaskId: "janedoe~by-hand" });');
    const command = project.start(up);
    const { id, actorTaskId } = await emulator.whenRun(({ status }) => status === "RUNNING");
    const link = `https://console.apify.com/actors/tasks/${actorTaskId}/runs/${id}`;
    const announcement = `Run ${id} started: ${link}`;
    await command.shows(announcement);
    assert.equal(emulator.run(id)?.status, "RUNNING");

    emulator.setStatus(id, { statusMessage: "34 of 80 pages" });
    await command.shows("RUNNING: 34 of 80 pages");
    assert.equal(emulator.run(id)?.status, "RUNNING");
    emulator.finish(id, { statusMessage: "80 of 80 pages" });
    const output = await succeeds(command.ended);

    const rows = output.slice(0, output.indexOf("Diagnostics:")).split("\n");
    for (const text of [announcement, "RUNNING: 34 of 80 pages", "SUCCEEDED: 80 of 80 pages"]) {
      const showing = rows.filter((line) => line.includes(text));
      assert.ok(showing.length > 0, `no row shows "${text}":\n${output}`);
      for (const row of showing) assert.match(row, /apify:(index:)?TaskRun prices creat/);
    }
    // The announcement stays; the progress does not.
    const diagnostics = output.slice(output.indexOf("Diagnostics:"));
    assert.match(
      diagnostics,
      new RegExp(`TaskRun \\(prices\\):\\n {4}${announcement.replaceAll(".", "\\.")}\\n`),
    );
    assert.equal(occurrences(diagnostics, "pages"), 0, diagnostics);
    for (const line of linesOfTheStack(output)) assert.doesNotMatch(line, /pages|Run /);
    await expectDestroyed(emulator, project);
  });

  it("asks after a run every five seconds at a terminal, whose row shows status and message", async () => {
    const { emulator, project } = sandbox;
    project.program('new apify.TaskRun("prices", { actorTaskId: "janedoe~by-hand" });');
    const polls: string[] = [];
    emulator.faults.inject({
      endpoint: "getRun",
      fault: { kind: "reset", when: "beforeWork" },
      when: ({ path, pathname }) => {
        const waits = /waitForFinish=(\d+)/.exec(path)?.[1];
        const id = pathname.split("/").at(-1) ?? "";
        if (waits !== undefined) polls.push(waits);
        if (polls.length === 2) emulator.setStatus(id, { statusMessage: "page 3 of 24" });
        if (polls.length === 4) emulator.finish(id);
        return false;
      },
    });
    const output = await succeeds(project.atTerminal(up).ended);
    assert.deepEqual(polls, ["2", "5", "5", "5"]);
    // At 100 columns a first run has room for so much.
    assert.match(output, /TaskRun {2}prices .*RUNNING: page 3 of/);
  });

  it("shows the log of a run while it goes on, and all of it at the end, with showLog", async () => {
    const { emulator, project, token } = sandbox;
    const log = ["page 1", "page 1", `token ${token}`];
    const input = JSON.stringify({ log });
    project.program(`
      const showLog = true;
      new apify.TaskRun("prices", { actorTaskId: "janedoe~by-hand", showLog });
      new apify.TaskRun("quick", { actorTaskId: "janedoe~scrape", input: ${input}, showLog });`);
    const command = project.start(up);
    await emulator.whenRun(() => emulator.runs().length === 2 && emulator.liveRuns().length === 1);
    const [live] = emulator.liveRuns();
    emulator.log(String(live?.id), "half of it");
    await command.shows("> half of it");
    emulator.finish(String(live?.id));
    const output = await succeeds(command.ended);
    assert.deepEqual(diagnosticsOf(output, "quick").slice(1), [
      "> ACTOR: Status of the run: RUNNING",
      "> page 1",
      "> page 1",
      "> token [token]",
      "> ACTOR: Status of the run: SUCCEEDED",
    ]);
    assert.equal(diagnosticsOf(output, "prices").at(-1), "> ACTOR: Status of the run: SUCCEEDED");
    project.program(`
      new apify.TaskRun("prices", { actorTaskId: "janedoe~by-hand" });
      new apify.TaskRun("quick", { actorTaskId: "janedoe~scrape", input: ${input} });`);
    await expectSettled(emulator, project);
  });

  it("shows the end of a failed run's log once, under the resource", async () => {
    const { project } = sandbox;
    const input = { exitCode: 3, log: ["one line among few", "the very last line"] };
    project.program(
      `new apify.TaskRun("prices", { actorTaskId: "janedoe~scrape", input: ${JSON.stringify(input)} });`,
    );
    const output = await fails(project.up());
    for (const once of ["The end of its log:", "the very last line", "See https://"]) {
      assert.equal(occurrences(output, once), 1, `${once}\n${output}`);
    }
    for (const line of linesOfTheStack(output)) assert.doesNotMatch(line, /line|log|Run /);
    assert.doesNotMatch(output, /\bat .*\.js:\d+/);
  });

  it("shows the end of the log once when a resumed wait ends badly", async () => {
    const { emulator, project } = sandbox;
    project.program(
      'new apify.TaskRun("prices", { actorTaskId: "janedoe~by-hand", waitSecs: 1 });',
    );
    const broken = await fails(project.up());
    const { id } = await recorded(project);
    assert.equal(occurrences(broken, `* Run ${id} is still running; stopped waiting`), 1, broken);
    emulator.finish(String(id), { exitCode: 3 });
    const output = await fails(project.up());
    assert.equal(
      occurrences(output, `Resuming the wait for run ${id}: https://`) > 0,
      true,
      output,
    );
    assert.equal(occurrences(output, "The end of its log:"), 1, output);
    assert.equal(occurrences(output, "ACTOR: Status of the run: FAILED"), 1, output);
    for (const line of linesOfTheStack(output)) assert.doesNotMatch(line, /log|Run /);
  });
});
