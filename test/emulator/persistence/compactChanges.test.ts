import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compactChanges } from "../../../emulator/persistence/compactChanges";
import {
  closeEmulatorsAfterEach,
  runningRun,
  startTestEmulator,
  withActor,
} from "../support/emulator";
import { stateFolders } from "./support/stateFolders";
import type { ActorContext } from "../../../emulator";
import type { Change } from "../../../emulator/state/change";

const maxLogChars = 10_485_760;

describe("the changes that an emulator stores", () => {
  closeEmulatorsAfterEach();
  const { newFolder } = stateFolders();
  const run = { kind: "run", stored: { run: { id: "a" } } } as unknown as Change;
  const log = (...lines: string[]): Change => ({ kind: "log", runId: "a", lines });
  const charge = (event: string, total: number): Change => ({
    kind: "charge",
    runId: "a",
    event,
    total,
    at: 0,
  });

  it("have one log of each run, without the lines that Apify would have removed", () => {
    const line = "x".repeat(99_999);
    const changes = compactChanges([run, ...Array.from({ length: 120 }, () => log(line, line))]);
    assert.deepEqual(
      changes.map(({ kind }) => kind),
      ["run", "log"],
    );
    const [, kept] = changes;
    assert.ok(kept?.kind === "log");
    assert.ok(kept.lines.length * 100_000 <= maxLogChars, String(kept.lines.length));
  });

  it("have only the charges since the whole run was stored", () => {
    const later = charge("page", 3);
    assert.deepEqual(compactChanges([run, charge("page", 1), charge("page", 2), run, later]), [
      run,
      later,
    ]);
  });

  it("have nothing of a run that was deleted", () => {
    const deleted: Change = { kind: "runDeleted", runId: "a" };
    assert.deepEqual(compactChanges([run, log("x"), charge("page", 1), deleted]), []);
  });

  it("do not grow by what a program writes after its run was deleted, or by all of a run with a charge", async () => {
    const stateFolder = newFolder();
    const contexts: ActorContext[] = [];
    const events = { page: { eventTitle: "Page", eventPriceUsd: 0.1 } };
    const declaration = withActor({
      run: (context) => {
        contexts.push(context);
        return new Promise<void>(() => undefined);
      },
      pricingInfo: {
        pricingModel: "PAY_PER_EVENT",
        pricingPerEvent: { actorChargeEvents: events },
      },
    });
    const emulator = await startTestEmulator({ stateFolder, declaration });
    const { id } = await runningRun(emulator);
    await Promise.resolve();
    const journal = (): string => readFileSync(join(stateFolder, "journal.jsonl"), "utf8");
    const before = journal();
    contexts[0]?.charge("page");
    const [, added = ""] = journal().split(before);
    assert.deepEqual(JSON.parse(added), {
      ...{ kind: "charge", runId: id, event: "page", total: 1, at: emulator.clock.now() },
    });
    emulator.expireRun(id);
    const afterwards = journal();
    contexts[0]?.log("late");
    contexts[0]?.charge("page");
    assert.equal(journal(), afterwards);
  });
});
