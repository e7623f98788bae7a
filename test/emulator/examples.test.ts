import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { loadDeclaration, realClock } from "../../emulator";
import { closeEmulatorsAfterEach, startTestEmulator } from "./support/emulator";
import type { JsonObject, Run } from "../../emulator";
import type { TestEmulator } from "./support/emulator";

const root = resolve(__dirname, "../..");
const token = "emulator-token";

/** Runs a task of the examples to its end, and returns its status messages. */
async function runToEnd(
  emulator: TestEmulator,
  task: string,
  input?: JsonObject,
): Promise<{ run: Run; messages: (string | null)[]; log: string }> {
  const messages: (string | null)[] = [];
  const ended = emulator.whenRun(({ statusMessage, finishedAt }) => {
    if (messages.at(-1) !== statusMessage) messages.push(statusMessage);
    return finishedAt !== null;
  });
  const json = input === undefined ? {} : { json: input };
  const start = await emulator.call<Run>(`POST /v2/actor-tasks/${task}`, { token, ...json });
  assert.equal(start.status, 201, start.text);
  const run = await ended;
  return { run, messages, log: (await emulator.call(`GET /v2/logs/${run.id}`, { token })).text };
}

describe("the tasks of the examples", () => {
  closeEmulatorsAfterEach();

  const start = (): Promise<TestEmulator> =>
    startTestEmulator({
      declaration: loadDeclaration(resolve(root, "examples/actors.json")),
      clock: realClock,
    });

  it("include the Actor of README's quickstart, which runs as README says", async () => {
    const readme = readFileSync(resolve(root, "README.md"), "utf8");
    const quickstart = /new apify\.Task\("price-scraper", \{([^;]*)\}\);/.exec(readme)?.[1] ?? "";
    const value = (name: string): string =>
      new RegExp(`${name}: "?([^",\n]+)`).exec(quickstart)?.[1] ?? "";
    const emulator = await start();
    const input = { startUrls: [{ url: value("url") }] };
    const created = await emulator.call<{ id: string }>("POST /v2/actor-tasks", {
      token,
      json: { actId: value("actorId").replace("/", "~"), input },
    });
    assert.equal(created.status, 201, created.text);
    const { run } = await runToEnd(emulator, `${created.data.id}/runs`);
    assert.equal(run.status, "SUCCEEDED");
    assert.deepEqual(emulator.dataset(run.defaultDatasetId)[0], {
      url: "https://example.com",
      product: "Kettle",
      priceUsd: 24.9,
    });
  });

  it("include a slow one, whose input sets the speed, and which reports its progress", async () => {
    const emulator = await start();
    const { data } = await emulator.call("GET /v2/actor-tasks/~slow-crawl", { token });
    const saved = data.input as { pages: number; secondsPerPage: number };
    assert.equal(saved.pages * saved.secondsPerPage, 60);
    const input = { pages: 3, secondsPerPage: 0 };
    const { run, messages, log } = await runToEnd(emulator, "~slow-crawl/runs", input);
    assert.equal(run.status, "SUCCEEDED");
    assert.deepEqual(messages, [null, "page 1 of 3", "page 2 of 3", "page 3 of 3", "3 pages"]);
    assert.match(log, /Z page 2 of 3$/m);
    assert.equal(emulator.dataset(run.defaultDatasetId).length, 3);
  });

  it("include a slow one that goes on where it was when its run is restarted", async () => {
    const emulator = await start();
    const input = { pages: 2, secondsPerPage: 0 };
    const { run } = await runToEnd(emulator, "~slow-crawl/runs", input);
    const ended = emulator.whenRun(({ stats, finishedAt }) => {
      return stats.resurrectCount === 1 && finishedAt !== null;
    });
    await emulator.call(`POST /v2/actor-runs/${run.id}/resurrect`, { token });
    assert.equal((await ended).status, "SUCCEEDED");
    const pages = emulator.dataset(run.defaultDatasetId).map(({ page }) => page);
    assert.deepEqual(pages, [1, 2]);
  });

  it("include one that fails, with a message and lines in its log", async () => {
    const { run, log } = await runToEnd(await start(), "~broken-login/runs");
    assert.deepEqual([run.status, run.exitCode], ["FAILED", 1]);
    assert.equal(run.statusMessage, "The login page has changed");
    assert.match(
      log,
      /Opening .*\n.*Filling in .*\n(.*\n)*.*Cannot log in: no field called password/,
    );
  });

  it("include one whose Actor is a folder and uses Apify's SDK", async () => {
    const emulator = await start();
    const { run, log } = await runToEnd(emulator, "~reading-time/runs");
    assert.equal(run.status, "SUCCEEDED", log);
    assert.equal(run.statusMessage, "2 minutes for 2 texts");
    assert.deepEqual(emulator.dataset(run.defaultDatasetId), [
      { title: "A pangram", words: 9, minutes: 1 },
      { title: "Another one", words: 8, minutes: 1 },
    ]);
  });
});
