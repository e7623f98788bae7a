import assert from "node:assert/strict";
import { ApifyError } from "../../../../provider/apify/errors";
import { create } from "../../../../provider/resources/taskRun/create";
import { deleteTaskRun } from "../../../../provider/resources/taskRun/delete";
import { decide } from "../../../../provider/resources/taskRun/decide";
import { read } from "../../../../provider/resources/taskRun/read";
import { update } from "../../../../provider/resources/taskRun/update";
import { isUnknown } from "../../../../provider/engine/unknownValues";
import { parseState } from "../../../../provider/resources/taskRun/storedState";
import { unreadRun, wasRead } from "../../../../provider/run/runRecord";
import { aRun, unreadOf010 } from "../../../support/run";
import {
  aState,
  at,
  consoleUrl,
  fakeClient,
  partialFailureOf,
  startingClient,
  testContext,
} from "../../support/taskRuns";
import type { ApifyClient } from "../../../../provider/apify/client";
import type { Args } from "../../../../provider/resources/taskRun/argumentTable";
import type { TaskRunState } from "../../../../provider/resources/taskRun/state";

const args: Args = { actorTaskId: "janedoe~scrape" };
const unwatched: Args = { ...args, waitSecs: 0 };
const link = `${consoleUrl}/actors/runs/run1`;

function answering(status: number): () => Promise<never> {
  const place = { method: "GET", path: "/v2/actor-runs/run1" };
  const body = { type: "some-type", message: "No.", data: undefined };
  return () => Promise.reject(new ApifyError(place, status, body));
}

/** A client that starts a run of which only the id comes back. */
function tellingTheIdAlone(getRun: ApifyClient["getRun"]): ApifyClient {
  return startingClient({
    startTaskRun: () => Promise.resolve({ outcome: "started", runId: "run1", run: undefined }),
    getRun,
  });
}

const stored010 = parseState("run1", { runJson: JSON.stringify(unreadOf010) }, isUnknown);

/** What is stored of such a run, and what version 0.1.0 stored of it. */
const unreadStates: Readonly<Record<string, TaskRunState>> = {
  "": { ...aState(), run: unreadRun("run1") },
  " as 0.1.0 stored it": { ...aState(), run: stored010.state.run },
};

const notReadYet = [
  "Run run1 was started, but could not be read, so its outputs are not known yet.",
  "The next `pulumi up` reads this run; it does not start another.",
];

for (const [stored, unread] of Object.entries(unreadStates)) {
  describe(`a run of which only the id is known${stored}`, () => {
    for (const [what, given] of [
      ["that is waited for", args],
      ["that nobody waits for", unwatched],
    ] as const) {
      it(`${what} is kept by create`, async () => {
        const context = testContext(tellingTheIdAlone(answering(403)));
        const error = await partialFailureOf(create(context, given));
        const { run, ...others } = error.state;
        assert.equal(run.id, "run1");
        assert.equal(wasRead(run), false);
        assert.deepEqual(others, { ...given, links: { console: link }, expired: false });
        assert.ok(error.message.includes(link), error.message);
        assert.ok(error.message.includes("it does not start another"), error.message);
      });

      it(`${what} can be read late, and is then like any other`, async () => {
        let reads = 0;
        const context = testContext(
          tellingTheIdAlone(() =>
            ++reads < 4 ? answering(404)() : Promise.resolve(aRun({ status: "SUCCEEDED" })),
          ),
        );
        const { run } = await create(context, given);
        assert.equal(run.defaultDatasetId, "dataset1");
      });

      it(`${what} makes the next deployment update, whatever else is stored`, () => {
        assert.deepEqual(decide(unread, given, at()), { action: "update" });
      });

      it(`${what} is followed by another one once it is gone`, () => {
        const gone = { ...unread, expired: true };
        assert.deepEqual(decide(gone, given, at()), {
          action: "rerun",
          reasons: [{ property: "status" }],
        });
      });

      it(`${what} is read by update`, async () => {
        const client = fakeClient({ getRun: () => Promise.resolve(aRun({ status: "SUCCEEDED" })) });
        const state = await update(testContext(client), unread, given);
        assert.deepEqual(state.run, aRun({ status: "SUCCEEDED" }));
        assert.equal(state.links.console, `${consoleUrl}/actors/tasks/task1/runs/run1`);
      });

      it(`${what} is kept by update when it still cannot be read`, async () => {
        const context = testContext(fakeClient({ getRun: answering(403) }));
        const error = await partialFailureOf(update(context, unread, given));
        assert.deepEqual([error.state.run.id, wasRead(error.state.run)], ["run1", false]);
        assert.ok(error.message.includes("does not start another"), error.message);
      });
    }

    it("that nobody waits for is said to be so by create and by update", async () => {
      const creating = create(testContext(tellingTheIdAlone(answering(403))), unwatched);
      const updating = update(
        testContext(fakeClient({ getRun: answering(403) })),
        unread,
        unwatched,
      );
      for (const failing of [creating, updating]) {
        const [first, second, ...rest] = (await partialFailureOf(failing)).message.split("\n");
        assert.deepEqual([first, ...rest], notReadYet);
        assert.equal(second, `See ${link}`);
      }
    });

    it("that nobody waits for is not waited for by the update that reads it", async () => {
      const asked: unknown[] = [];
      const client = fakeClient({
        getRun: (...request) => {
          asked.push(request);
          return Promise.resolve(aRun());
        },
      });
      const { run } = await update(testContext(client), unread, unwatched);
      assert.equal(run.status, "RUNNING");
      assert.deepEqual(asked, [["run1", { withinSecs: undefined, signal: undefined }]]);
    });

    it("that nobody waits for fails the update that finds it failed, and is recorded", async () => {
      const failed = aRun({ status: "FAILED", exitCode: 3 });
      const client = fakeClient({
        getRun: () => Promise.resolve(failed),
        getRunLogTail: () => Promise.resolve([]),
      });
      const failure = await partialFailureOf(update(testContext(client), unread, unwatched));
      assert.match(failure.message, /^Run run1 ended with status FAILED/);
      assert.equal(failure.state.run.status, "FAILED");
    });

    it("is read by a refresh", async () => {
      const client = fakeClient({ getRun: () => Promise.resolve(aRun()) });
      const { run } = await read(testContext(client), "run1", unread);
      assert.deepEqual(run, aRun());
    });

    it("is purged with the storages that it turns out to have", async () => {
      const deleted: string[] = [];
      const client = fakeClient({
        getRun: () => Promise.resolve(aRun({ status: "SUCCEEDED" })),
        deleteRun: (id) => {
          deleted.push(id);
          return Promise.resolve();
        },
        deleteStorage: (_kind, id) => {
          deleted.push(id);
          return Promise.resolve();
        },
      });
      await deleteTaskRun(testContext(client), { ...unread, onDelete: "purge" });
      assert.deepEqual(deleted, ["run1", "dataset1", "store1", "queue1"]);
    });

    it("is purged without storages when it is gone", async () => {
      const [getRun, abortRun, deleteRun] = [answering(404), answering(404), answering(404)];
      const client = fakeClient({ getRun, abortRun, deleteRun });
      await deleteTaskRun(testContext(client), { ...unread, onDelete: "purge" });
    });
  });
}
