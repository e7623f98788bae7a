import assert from "node:assert/strict";
import { expectDestroyed, expectSettled, recordedRuns, succeeds } from "../support/acceptance";
import { describeEngine } from "../support/describeEngine";
import { diagnosticsOf } from "../support/terminal";
import { scenarios } from "./scenarios";
import { strangers } from "./scenario";
import { rows } from "./table";
import type { Emulator, JsonObject } from "../../../emulator";
import type { Opened } from "../support/describeEngine";
import type { PreviewStep, StateResource } from "../support/project";
import type { Change, Changes, Scenario } from "./scenario";
import type { Next, RowName } from "./table";

const rowsOfChanges = Object.entries<Scenario>(scenarios).flatMap(([row, scenario]) =>
  typeof scenario === "function" ? [] : [[row as RowName, scenario] as const],
);
const changes: Changes = Object.assign({}, ...rowsOfChanges.map(([, each]) => each)) as Changes;

/** What is known of one TaskRun before and after its change. */
interface Seen {
  readonly name: string;
  readonly change: Change;
  readonly old: string;
  readonly now: string;
  readonly step: PreviewStep | undefined;
  readonly stored: StateResource["outputs"];
}

/** What each answer means for the preview, for the run, and for what is stored. */
const expectations: Readonly<Partial<Record<Next, (seen: Seen, others: Others) => void>>> = {
  "runs again": ({ name, change, old, now, step }, { ids }) => {
    assert.deepEqual([step?.op, step?.replaceReasons], ["replace", [change.because ?? name]]);
    assert.ok(now !== old && !ids.includes(now));
  },
  "adopts that run": ({ name, old, now, step }, { ids }) => {
    assert.deepEqual([step?.op, step?.replaceReasons], ["replace", [name]]);
    assert.deepEqual([old, now], ids);
  },
  "waits on for the same run": ({ old, now, step }) => {
    assert.equal(step?.op, "update");
    assert.equal(now, old);
  },
  "stores it, runs nothing": ({ name, change, old, now, step, stored }) => {
    assert.equal(step?.op, "update");
    assert.equal(now, old);
    assert.deepEqual(stored[name], change.after?.[name]);
  },
  nothing: ({ old, now, step }) => {
    assert.equal(step, undefined);
    assert.equal(now, old);
  },
};

/** The runs that stand behind `strangers`. */
interface Others {
  readonly ids: readonly string[];
}

const title = "what the next up does, after one deployment for all these changes:";

describeEngine(title, { sandboxPer: "suite", moreByHand: ["unreadable"] }, (sandbox) => {
  const others = { ids: [] as string[] };
  const seen = new Map<string, Seen>();
  let preview: string;
  let output: string;
  let starts: number;

  before(async () => {
    const { emulator, project, token } = sandbox;
    const setToken = ["config", "set", "--secret", "--path", "apify:accounts.jane.token"];
    await succeeds(project.run([...setToken, token]));
    for (const run of strangers.map(() => startElsewhere(sandbox))) others.ids.push(await run);

    project.program(programOf("before", others));
    await succeeds(project.up());
    const old = await recordedRuns(project);
    for (const [name, { meanwhile }] of Object.entries(changes)) {
      meanwhile?.(emulator, old.get(name) ?? "");
    }
    await succeeds(project.refresh());

    project.program(programOf("after", others));
    preview = await succeeds(project.run(["preview", "--diff"]));
    const { steps } = await project.preview();
    const startedBefore = emulator.runs().length;
    const stop = finishWhenPolled(emulator, old.get("waiting") ?? "");
    output = await succeeds(project.up());
    stop();
    starts = emulator.runs().length - startedBefore;
    const now = new Map((await project.taskRuns()).map((each) => [each.name, each]));
    for (const [name, change] of Object.entries(changes)) {
      const { id = "", outputs = {} } = now.get(name) ?? {};
      const step = steps.find(({ urn }) => urn.endsWith(`::${name}`));
      seen.set(name, { name, change, old: old.get(name) ?? "", now: id, step, stored: outputs });
    }
  });

  for (const [row, ofRow] of rowsOfChanges) {
    const { next } = rows[row];
    it(`${row}: ${next}`, () => {
      for (const name of Object.keys(ofRow)) {
        const it = seen.get(name);
        assert.ok(it?.old);
        expectations[next]?.(it, others);
        const says = it.change.says?.replace("RUN", it.old);
        const said = diagnosticsOf(output, name).join("\n");
        assert.ok(says === undefined || said.includes(says), `${name} says "${said}"`);
        assert.ok(says !== undefined || next !== "nothing" || said === "", `${name}: ${said}`);
      }
    });
  }

  it("starts a run for each TaskRun that runs again, and no other", () => {
    const again = rowsOfChanges.filter(([row]) => rows[row].next === "runs again");
    assert.equal(starts, again.flatMap(([, ofRow]) => Object.keys(ofRow)).length);
  });

  it("shows in a preview from which build to which a tag was moved", () => {
    assert.match(preview, /trackedBuild: "0\.1\.2" => "0\.1\.3"/);
  });

  it("finds nothing to do in a further up, once the runs that failed again are good", async () => {
    const { emulator, project } = sandbox;
    for (const { id, status } of emulator.runs()) {
      if (status === "FAILED") emulator.setStatus(id, { status: "SUCCEEDED" });
    }
    await succeeds(project.refresh());
    await expectSettled(emulator, project);
    await expectDestroyed(emulator, project);
  });
});

function programOf(side: "before" | "after", { ids }: Others): string {
  const declarations = Object.entries(changes).map(([name, change]) => {
    const more = (side === "after" ? change.after : undefined) ?? change.before;
    const args: JsonObject = { actorTaskId: "janedoe~scrape", ...more };
    return `new apify.TaskRun("${name}", ${JSON.stringify(args)});\n`;
  });
  return strangers.reduce(
    (text, stranger, index) => text.replaceAll(stranger, ids[index] ?? ""),
    declarations.join(""),
  );
}

/** Starts a run as somebody else would. */
async function startElsewhere({ emulator, token }: Opened): Promise<string> {
  const address = `${emulator.url}/v2/actor-tasks/janedoe~scrape/runs?waitForFinish=5`;
  const headers = { Authorization: `Bearer ${token}` };
  const answer = await fetch(address, { method: "POST", headers });
  return ((await answer.json()) as { data: { id: string } }).data.id;
}

/** Lets a run succeed when somebody waits for it. */
function finishWhenPolled(emulator: Emulator, runId: string): () => void {
  return emulator.use(({ path }) => {
    if (path.includes(`${runId}?waitForFinish=`)) emulator.finish(runId);
    return "pass";
  });
}
