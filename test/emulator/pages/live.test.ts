import assert from "node:assert/strict";
import { closeEmulatorsAfterEach, runningRun, startTestEmulator } from "../support/emulator";
import { textOf, visit } from "./support/visit";
import type { TestEmulator } from "../support/emulator";
import type { Visit } from "./support/visit";

function versionIn({ body }: Visit): string {
  return /data-live="([^"]*)"/.exec(body)?.[1] ?? "";
}

function update(emulator: TestEmulator, path: string, version: string): Promise<Visit> {
  const separator = path.includes("?") ? "&" : "?";
  return visit(emulator, `GET ${path}${separator}live=${version}`);
}

describe("a page that somebody looks at", () => {
  closeEmulatorsAfterEach();

  it("gets nothing while nothing changes", async () => {
    const emulator = await startTestEmulator();
    const { id } = await runningRun(emulator);
    for (const path of ["/", "/?status=RUNNING", `/actors/runs/${id}`, "/faults"]) {
      const { status, body } = await update(
        emulator,
        path,
        versionIn(await visit(emulator, `GET ${path}`)),
      );
      assert.deepEqual([status, body], [204, ""], path);
    }
  });

  it("gets only the new lines of a log", async () => {
    const emulator = await startTestEmulator();
    const { id } = await runningRun(emulator);
    emulator.log(id, "old line");
    const first = await visit(emulator, `GET /actors/runs/${id}`);
    emulator.log(id, "new line");
    const second = await update(emulator, `/actors/runs/${id}`, versionIn(first));
    assert.match(second.body, /^<div\s+data-live=/);
    assert.match(second.body, /id="log-lines" data-append/);
    assert.ok(second.body.includes("new line") && !second.body.includes("old line"));
    const third = await update(emulator, `/actors/runs/${id}`, versionIn(second));
    assert.equal(third.status, 204);
  });

  it("gets the whole log after a restart, or when it has missed too much", async () => {
    const emulator = await startTestEmulator();
    const { id } = await runningRun(emulator);
    const version = versionIn(await visit(emulator, `GET /actors/runs/${id}`));
    emulator.log(id, "x\n".repeat(600));
    for (const seen of [version, "other-1-2-3", "", "NaN"]) {
      const { status, body } = await update(emulator, `/actors/runs/${id}`, seen);
      assert.equal(status, 200);
      assert.doesNotMatch(body, /data-append/);
    }
  });

  it("gets items, records, messages and the end, after which it need not ask again", async () => {
    const emulator = await startTestEmulator();
    const run = await runningRun(emulator);
    const path = `/actors/runs/${run.id}`;
    let page = await visit(emulator, `GET ${path}`);
    const change = async (made: () => unknown, expected: RegExp): Promise<void> => {
      await made();
      page = await update(emulator, path, versionIn(page));
      assert.match(textOf(page), expected);
    };
    const items = `POST /v2/datasets/${run.defaultDatasetId}/items`;
    await change(() => emulator.call(items, { json: { a: "item" } }), /Dataset 1 .* item/);
    await change(() => {
      emulator.setStatus(run.id, { statusMessage: "Halfway" });
    }, /RUNNING Halfway/);
    await change(() => {
      emulator.clock.advance(5000);
    }, /Duration 5\.0 s/);
    assert.match(page.body, /data-state="live"/);
    await change(() => {
      emulator.finish(run.id);
    }, /SUCCEEDED/);
    assert.match(page.body, /data-state="ended"\s+data-announcement="The run is SUCCEEDED\."/);
  });

  it("gets new runs in the list, and faults that are used up", async () => {
    const emulator = await startTestEmulator();
    const list = await visit(emulator, "GET /");
    emulator.refuseStarts({ type: "rate-limit-exceeded" });
    const faults = await visit(emulator, "GET /faults");
    assert.match(textOf(faults), /waiting: 0 of 1/);
    await emulator.call("POST /v2/actor-tasks/~scrape/runs");
    const { id } = await emulator.startRun();
    assert.ok((await update(emulator, "/", versionIn(list))).body.includes(`row-${id}`));
    assert.match(textOf(await update(emulator, "/faults", versionIn(faults))), /used up \(1\)/);
  });

  it("is also updated where a start was refused", async () => {
    const emulator = await startTestEmulator();
    const { actorTaskId } = await emulator.startRun();
    const task = `/actors/tasks/${actorTaskId ?? ""}`;
    const { status, headers } = await update(emulator, `${task}/runs`, "x-1");
    assert.deepEqual([status, headers.location], [303, `${task}?live=x-1`]);
  });

  it("gets a 404 for a run that has expired", async () => {
    const emulator = await startTestEmulator();
    const { id } = await runningRun(emulator);
    const version = versionIn(await visit(emulator, `GET /actors/runs/${id}`));
    emulator.expireRun(id);
    assert.equal((await update(emulator, `/actors/runs/${id}`, version)).status, 404);
  });
});
