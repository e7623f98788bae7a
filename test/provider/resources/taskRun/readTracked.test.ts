import assert from "node:assert/strict";
import { ApifyError } from "../../../../provider/apify/errors";
import { check } from "../../../../provider/resources/taskRun/check";
import { createSharedReads } from "../../../../provider/resources/sharedReads";
import { taskFingerprint } from "../../../../provider/resources/taskFingerprint";
import { fakeClient, testContext, unknown } from "../../support/taskRuns";
import { actor, task } from "../../support/trackedThings";
import type { ApifyClient } from "../../../../provider/apify/client";
import type { Args } from "../../../../provider/resources/taskRun/argumentTable";
import type { TestContext } from "../../support/taskRuns";

const args: Args = { actorTaskId: "janedoe~scrape" };
const fingerprint = taskFingerprint(task);

function notFound(): Promise<never> {
  const body = { type: "record-not-found", message: "No such thing.", data: undefined };
  return Promise.reject(new ApifyError({ method: "GET", path: "/x" }, 404, body));
}

/** A context that notes what it is asked to read. */
function looking(methods: Partial<Pick<ApifyClient, "getTask" | "getActor">> = {}): {
  readonly context: TestContext;
  readonly asked: string[];
} {
  const asked: string[] = [];
  const { getTask = () => Promise.resolve(task), getActor = () => Promise.resolve(actor) } =
    methods;
  const client = fakeClient({
    getTask: (id, options) => {
      asked.push(`task ${id}, ${options?.withinSecs ?? "any"} s`);
      return getTask(id);
    },
    getActor: (id, options) => {
      asked.push(`Actor ${id}, ${options?.withinSecs ?? "any"} s`);
      return getActor(id);
    },
  });
  return { context: testContext(client), asked };
}

const both = { trackBuild: true, trackTask: true };
const old = { ...args, trackedBuild: "0.0.9", trackedTask: "old" };

describe("what is tracked", () => {
  const rows: readonly {
    readonly what: string;
    readonly given: Partial<Record<keyof Args, unknown>>;
    readonly tracked: Record<string, unknown>;
    readonly reads: readonly string[];
  }[] = [
    { what: "nothing by default", given: {}, tracked: {}, reads: [] },
    {
      what: "nothing when it is turned off",
      given: { trackBuild: false, trackTask: false },
      tracked: {},
      reads: [],
    },
    {
      what: "the build of the tag",
      given: { trackBuild: true, build: "beta" },
      tracked: { trackedBuild: "0.1.2" },
      reads: ["task", "Actor"],
    },
    {
      what: "the task, for which the Actor is not read",
      given: { trackTask: true },
      tracked: { trackedTask: fingerprint },
      reads: ["task"],
    },
    {
      what: "both, with one read of each",
      given: both,
      tracked: { trackedBuild: "0.1.1", trackedTask: fingerprint },
      reads: ["task", "Actor"],
    },
    {
      what: "no build that is a number, for which nothing is read",
      given: { trackBuild: true, build: "0.1.2" },
      tracked: {},
      reads: [],
    },
    {
      what: "nothing while the task is not known yet",
      given: { ...both, actorTaskId: unknown },
      tracked: {},
      reads: [],
    },
    {
      what: "nothing while the build is not known yet",
      given: { ...both, build: unknown },
      tracked: {},
      reads: [],
    },
    {
      what: "nothing while the account is not known yet",
      given: { trackTask: true, account: unknown },
      tracked: {},
      reads: [],
    },
    {
      what: "nothing while adoptRunId says which run it is",
      given: { ...both, adoptRunId: "run1" },
      tracked: {},
      reads: [],
    },
  ];
  for (const { what, given, tracked, reads } of rows) {
    it(`is ${what}`, async () => {
      const { context, asked } = looking();
      const result = await check(context, old, { ...args, ...given });
      assert.deepEqual(result, { args: { ...args, ...given, ...tracked }, problems: [] });
      assert.deepEqual(
        asked.map((each) => each.split(" ")[0]),
        reads,
      );
      assert.deepEqual(context.lines, []);
    });
  }

  it("is not looked up for arguments that are wrong", async () => {
    const { context, asked } = looking();
    await check(context, {}, { ...args, ...both, memoryMbytes: 5 });
    assert.deepEqual(asked, []);
  });

  it("is looked up within 20 s each: a preview does not wait long for it", async () => {
    const { context, asked } = looking();
    await check(context, {}, { ...args, ...both });
    assert.deepEqual(asked, ["task janedoe~scrape, 20 s", "Actor actor1, 20 s"]);
  });
});

describe("a look-up that fails", () => {
  const said = (tracker: string, why: string): string =>
    `Could not check ${tracker.replace(/track\w+/g, "`$&`")}, so the task is not run again for that reason. ${why}`;
  const answer = "Apify answered 404 record-not-found to GET /x: No such thing.";

  for (const [what, methods, build, why] of [
    ["the task is not there", { getTask: notFound }, "beta", answer],
    ["the Actor is not there", { getActor: notFound }, "beta", answer],
    ["the Actor has no such tag", {}, "nightly", 'The Actor has no build with the tag "nightly".'],
    ["the tag has no build", {}, "broken", 'The Actor has no build with the tag "broken".'],
  ] as const) {
    it(`warns, and leaves the build out, when ${what}`, async () => {
      const { context } = looking(methods);
      const result = await check(context, old, { ...args, trackBuild: true, build });
      assert.deepEqual(result.problems, []);
      assert.equal(result.args.trackedBuild, undefined);
      assert.deepEqual(context.lines, [said("trackBuild", why)]);
    });
  }

  it("warns, and leaves the fingerprint out, when the task is not there", async () => {
    const { context } = looking({ getTask: notFound });
    const { args: stored } = await check(context, old, { ...args, trackTask: true });
    assert.equal(stored.trackedTask, undefined);
    assert.deepEqual(context.lines, [said("trackTask", answer)]);
  });

  it("leaves nothing behind for a new resource, and is said once for both trackers", async () => {
    const { context } = looking({ getTask: notFound });
    const { args: stored, problems } = await check(context, {}, { ...args, ...both });
    assert.deepEqual([stored, problems], [{ ...args, ...both }, []]);
    assert.deepEqual(context.lines, [said("trackBuild and trackTask", answer)]);
  });
});

describe("the look-ups of one deployment", () => {
  it("read each task and Actor once for 500 resources over three tasks", async () => {
    const { context, asked } = looking({
      getTask: (id) => Promise.resolve({ ...task, actId: `actor of ${id}` }),
    });
    await Promise.all(
      Array.from({ length: 500 }, (_, index) =>
        check(context, {}, { actorTaskId: `janedoe~t${index % 3}`, ...both }),
      ),
    );
    const reads = (kind: string): number => asked.filter((each) => each.startsWith(kind)).length;
    assert.deepEqual([reads("task"), reads("Actor")], [3, 3]);
  });

  it("ask once for what cannot be read, too", async () => {
    const { context, asked } = looking({ getTask: notFound });
    await check(context, {}, { ...args, ...both });
    await check(context, {}, { ...args, ...both });
    assert.equal(asked.length, 1);
    assert.equal(context.lines.length, 2);
  });

  it("are apart for each account and for each deployment", async () => {
    const { context, asked } = looking();
    const account = context.account();
    for (const [reads, by] of [
      [context.reads, account],
      [context.reads, { ...account }],
      [createSharedReads(), account],
    ] as const) {
      await reads.task(by, "janedoe~scrape");
    }
    assert.equal(asked.length, 3);
  });
});
