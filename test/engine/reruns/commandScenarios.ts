import assert from "node:assert/strict";
import {
  expectNoChange,
  expectSettled,
  fails,
  recorded,
  recordedRun,
  startsOf,
  succeeds,
} from "../support/acceptance";
import type { Orders } from "../support/sandbox";
import type { PreviewStep } from "../support/project";
import type { CommandScenario } from "./scenario";
import type { RowName } from "./table";

/** Rows that take commands of their own. */
export const commandScenarios = {
  "a value that decides the run is not known yet": async ({ emulator, project }) => {
    const program = (mark: number): string => `
      const first = new apify.TaskRun("first", {
        actorTaskId: "janedoe~scrape", input: { mark: ${mark} } });
      new apify.TaskRun("other", {
        actorTaskId: "janedoe~scrape", input: { datasetId: first.defaultDatasetId } });
      new apify.TaskRun("same", {
        actorTaskId: "janedoe~scrape", triggers: [first.status] });
      new apify.TaskRun("judged", {
        actorTaskId: "janedoe~scrape", acceptStatuses: [first.status] });
      new apify.TaskRun("timed", {
        actorTaskId: "janedoe~scrape", cron: first.status.apply(() => "0 0 1 1 *") });`;
    project.program(program(1));
    await succeeds(project.up());
    emulator.clearRequests();
    project.program(program(2));
    assert.deepEqual(reasonsOf((await project.preview()).steps), {
      first: ["input"],
      other: ["input"],
      same: ["triggers"],
      judged: ["acceptStatuses"],
      timed: ["cron"],
    });
    await succeeds(project.up());
    assert.deepEqual(
      startsOf(emulator).map(({ body }) => Object.keys(body as object)),
      [["mark"], ["datasetId"]],
    );
  },

  "`trackBuild`: the tag was moved between the lookup and the start": async ({
    emulator,
    project,
  }) => {
    project.program(scrape({}, "trackBuild: true"));
    const stop = emulator.use(({ method }) => {
      if (method === "POST") {
        emulator.addBuild("janedoe~obedient", { number: "0.2.1", tags: ["latest"] });
      }
      return "pass";
    });
    await succeeds(project.up());
    stop();
    const { inputs } = await recorded(project);
    const { buildNumber } = await recordedRun(project);
    assert.deepEqual([inputs.trackedBuild, buildNumber], ["0.1.1", "0.2.1"]);
    await expectSettled(emulator, project);
  },

  "a rerun failed": async ({ emulator, project }) => {
    project.program(scrape({}));
    await succeeds(project.up());
    const good = await recorded(project);
    emulator.clearRequests();
    project.program(scrape({ exitCode: 5 }));
    await fails(project.up());
    assert.equal((await recorded(project)).id, good.id);
    assert.deepEqual(reasonsOf((await project.preview()).steps), { prices: ["input"] });
    await fails(project.up());
    assert.equal(startsOf(emulator).length, 2);
    // What the rerun was for is no longer wanted, so the last good run is what is.
    project.program(scrape({}));
    await expectNoChange(emulator, project);
  },

  "`pulumi up --replace <urn>`": async ({ emulator, project }) => {
    project.program(scrape({}));
    await succeeds(project.up());
    const { urn, id } = await recorded(project);
    emulator.clearRequests();
    await succeeds(project.up("--replace", urn));
    assert.equal(emulator.writes().length, 1);
    const [, rerun] = emulator.runs();
    assert.deepEqual([emulator.runs()[0]?.id, rerun?.id], [id, (await recorded(project)).id]);
    await expectSettled(emulator, project);
  },

  "the token was rotated, in the configuration or the environment": async ({
    emulator,
    token,
    project,
  }) => {
    project.program(scrape({}, "trackTask: true"));
    await succeeds(project.up());
    const inEnvironment = "apify_api_InTheEnvironment";
    emulator.setToken("janedoe", inEnvironment);
    emulator.clearRequests();
    const up = ["up", "--yes", "--skip-preview"];
    const environment = { APIFY_TOKEN: inEnvironment };
    await succeeds(project.run([...up, "--expect-no-changes"], environment));

    for (const next of [token, "apify_api_InTheConfiguration"]) {
      emulator.setToken("janedoe", next);
      await succeeds(project.run(["config", "set", "--secret", "apify:token", next]));
      assert.deepEqual(reasonsOf((await project.preview()).steps), {});
      await succeeds(project.up());
    }
    assert.ok(emulator.requests.every(({ status }) => status === 200));
    await expectNoChange(emulator, project);
    assert.equal(emulator.runs().length, 1);
  },

  "the resource was renamed, with an alias": async ({ emulator, project }) => {
    project.program(scrape({}));
    await succeeds(project.up());
    const { id } = await recorded(project);
    project.program(
      `new apify.TaskRun(
        "renamed",
        { actorTaskId: "janedoe~scrape", input: {} },
        { aliases: [{ name: "prices" }] },
      );`,
    );
    assert.deepEqual(reasonsOf((await project.preview()).steps), {});
    await succeeds(project.up());
    assert.equal((await recorded(project, "renamed")).id, id);
    await expectNoChange(emulator, project);
    assert.equal(emulator.runs().length, 1);
  },

  "the resource was moved to another stack (`pulumi state move`)": async ({
    emulator,
    project,
  }) => {
    project.program('new apify.TaskRun("going", { actorTaskId: "janedoe~by-hand", waitSecs: 0 });');
    await succeeds(project.up());
    const { urn, id } = await recorded(project, "going");
    const stacks = ["organization/shop/dev", "organization/shop/other"] as const;
    await succeeds(project.run(["stack", "init", "other"]));
    const between = ["--source", stacks[0], "--dest", stacks[1]];
    await succeeds(project.run(["state", "move", "--yes", ...between, urn]));

    assert.equal((await recorded(project, "going")).id, id);
    await expectSettled(emulator, project);
    await succeeds(project.destroy("--refresh"));
    assert.deepEqual(emulator.liveRuns(), []);

    project.program("");
    await succeeds(project.run(["stack", "select", "dev"]));
    await expectSettled(emulator, project);
    assert.equal(emulator.runs().length, 1);
  },
} satisfies Partial<Record<RowName, CommandScenario>>;

function scrape(input: Orders, more = ""): string {
  return `
    const prices = new apify.TaskRun("prices", {
      actorTaskId: "janedoe~scrape", input: ${JSON.stringify(input)}, ${more} });
    exports.runId = prices.runId;`;
}

/** Why each TaskRun is replaced that is. */
function reasonsOf(steps: readonly PreviewStep[]): Readonly<Record<string, unknown>> {
  const ofTaskRuns = steps.filter(({ urn }) => urn.includes("TaskRun::"));
  const reasons = ofTaskRuns.map(({ urn, replaceReasons }): [string, unknown] => [
    urn.split("::").at(-1) ?? "",
    replaceReasons,
  ]);
  return Object.fromEntries(reasons);
}
