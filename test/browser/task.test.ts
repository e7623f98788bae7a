import assert from "node:assert/strict";
import { closeEmulatorsAfterEach, declaration } from "../emulator/support/emulator";
import { startEmulator } from "../../emulator";
import { browserOfSuite, signIn } from "./support/browser";
import type { Emulator } from "../../emulator";
import type { Page } from "playwright-core";

const opened = new Set<Emulator>();

/** Starts an emulator with the time of this machine: a browser has no other. */
async function start(port = 0): Promise<Emulator> {
  const emulator = await startEmulator({ declaration, port });
  opened.add(emulator);
  return emulator;
}

/** Resolves when the page shows this text, without a reload. */
async function shows(page: Page, text: string | RegExp): Promise<void> {
  await page.getByText(text).first().waitFor();
}

/** Presses Tab until an element has the focus. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let pressed = 0; pressed < 100; pressed += 1) {
    await page.keyboard.press("Tab");
    const isReached = `document.activeElement.matches(${JSON.stringify(selector)})`;
    if (await page.evaluate<boolean>(isReached)) return;
  }
  assert.fail(`The keyboard does not reach ${selector}.`);
}

/** The page must not be loaded again: this mark would be lost. */
const mark = "document.documentElement.dataset.mark = 'yes'";
const isMarked = "document.documentElement.dataset.mark === 'yes'";

describe("somebody in a browser", () => {
  const browser = browserOfSuite();
  closeEmulatorsAfterEach();
  afterEach(async () => {
    await Promise.all([...opened].map((emulator) => emulator.close()));
    opened.clear();
  });

  it("signs in, runs a task, and watches it until it ends, without a reload", async () => {
    const emulator = await start();
    const page = await browser.open(emulator.url);
    await signIn(page);
    await page.getByRole("link", { name: "janedoe~scrape" }).click();
    await page.getByLabel("Input, as JSON").fill('{ "query": "bikes" }');
    await page.getByLabel("Memory, MB").fill("256");
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await shows(page, "The run was started.");
    await page.evaluate(mark);
    const [run] = emulator.runs();
    assert.ok(run);
    emulator.log(run.id, "INFO Page 1 of 40");
    await shows(page, "INFO Page 1 of 40");
    await push(emulator, run.defaultDatasetId, [{ title: "Touring bike" }]);
    await page.getByRole("cell", { name: "Touring bike" }).waitFor();
    emulator.finish(run.id, { statusMessage: "All pages are done" });
    await shows(page, "All pages are done");
    await page.getByText("SUCCEEDED").first().waitFor();
    assert.equal(await page.locator("#announcer").textContent(), "The run is SUCCEEDED.");
    await page.getByRole("button", { name: "Resurrect" }).waitFor();
    assert.equal(await page.evaluate(isMarked), true);
    assert.equal(run.options.memoryMbytes, 256);
  });

  it("aborts a run, resurrects it and deletes it", async () => {
    const emulator = await start();
    const { id } = emulator.addRun({ task: "janedoe~scrape" });
    const page = await browser.open(emulator.url);
    await signIn(page);
    await page.getByRole("link", { name: id }).click();
    await page.getByRole("button", { name: "Abort at once" }).click();
    await shows(page, "ABORTED");
    await page.getByRole("button", { name: "Resurrect" }).click();
    await page.getByRole("button", { name: "Abort gracefully" }).waitFor();
    await page.getByText("Expire this run…").click();
    await page.getByRole("button", { name: "Delete the run and its storages" }).click();
    await shows(page, "The run and its storages were deleted");
    assert.deepEqual(emulator.runs(), []);
  });

  it("moves a tag to a new build", async () => {
    const emulator = await start();
    const page = await browser.open(emulator.url);
    await signIn(page);
    await page.goto("/actors/tasks/janedoe~scrape");
    await page.getByRole("button", { name: "Add build" }).click();
    await shows(page, "The build was added.");
    await page.getByLabel("Move tag").fill("latest");
    await page.getByLabel("to build").selectOption("0.1.2");
    await page.getByRole("button", { name: "Move tag" }).click();
    await page.getByRole("row", { name: /^0\.1\.2 latest/ }).waitFor();
    assert.equal(emulator.addRun({ task: "janedoe~scrape" }).buildNumber, "0.1.2");
  });

  it("injects a fault, and sees it used up", async () => {
    const emulator = await start();
    const page = await browser.open(emulator.url);
    await signIn(page);
    await page.goto("/actors/tasks/janedoe~scrape");
    await page.getByLabel(/429, too many requests/).check();
    await page.getByRole("button", { name: "Inject" }).click();
    await shows(page, "waiting: 0 of 1");
    await page.evaluate(mark);
    const { status } = await fetch(`${emulator.url}/v2/actor-tasks/janedoe~scrape/runs`, {
      method: "POST",
      headers: { Authorization: "Bearer jane-token" },
    });
    assert.equal(status, 429);
    await shows(page, "used up (1)");
    assert.equal(await page.evaluate(isMarked), true);
    await page.getByRole("button", { name: /^Remove/ }).click();
    await shows(page, "No fault is waiting.");
  });

  it("needs only a keyboard to run a task", async () => {
    const emulator = await start();
    const page = await browser.open(emulator.url);
    await page.goto("/");
    await tabTo(page, "a.skip");
    const outline = await page.evaluate("getComputedStyle(document.activeElement).outlineStyle");
    assert.equal(outline, "solid");
    await tabTo(page, 'a[href^="/sign-in"]');
    await page.keyboard.press("Enter");
    await page.waitForURL(/sign-in/);
    await tabTo(page, "#token");
    await page.keyboard.type("jane-token");
    await page.keyboard.press("Enter");
    await page.waitForURL("/");
    await tabTo(page, 'tbody a[href^="/actors/tasks/"]');
    await page.keyboard.press("Enter");
    await page.waitForURL(/actors\/tasks/);
    await tabTo(page, "#run-input");
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.type('{"query": "bikes"}');
    await tabTo(page, "#run-task");
    await page.keyboard.press("Space");
    await page.waitForURL(/actors\/runs/);
    const [run] = emulator.runs();
    assert.deepEqual(emulator.record(run?.defaultKeyValueStoreId ?? "", "INPUT"), {
      query: "bikes",
    });
  });

  it("keeps the focus while a page changes", async () => {
    const emulator = await start();
    const { id } = emulator.addRun({ task: "janedoe~scrape" });
    const page = await browser.open(emulator.url);
    await page.goto("/");
    await page.getByRole("link", { name: id }).focus();
    const another = emulator.addRun({ task: "janedoe~scrape" });
    await page.getByRole("link", { name: another.id }).waitFor();
    assert.equal(await page.evaluate("document.activeElement.textContent"), id);
  });

  it("sees that the emulator has ended, and goes on when it is back", async () => {
    const emulator = await start();
    const page = await browser.open(emulator.url);
    await page.goto("/");
    await emulator.close();
    await page.getByText("The emulator does not answer").waitFor();
    const again = await start(Number(new URL(emulator.url).port));
    const { id } = again.addRun({ task: "janedoe~scrape" });
    await page.getByRole("link", { name: id }).waitFor();
    await page.getByText("The emulator does not answer").waitFor({ state: "hidden" });
  });

  it("sees the same after a reload without the script", async () => {
    const emulator = await start();
    const { id } = emulator.addRun({ task: "janedoe~scrape" });
    const page = await browser.open(emulator.url, { javaScriptEnabled: false });
    await signIn(page);
    await page.goto(`/actors/runs/${id}`);
    emulator.log(id, "A line for those who reload");
    emulator.finish(id);
    await page.reload();
    await shows(page, "A line for those who reload");
    await page.getByRole("button", { name: "Resurrect" }).click();
    await shows(page, "The run goes on.");
  });
});

async function push(emulator: Emulator, dataset: string, items: unknown): Promise<void> {
  await fetch(`${emulator.url}/v2/datasets/${dataset}/items`, {
    method: "POST",
    headers: { Authorization: "Bearer jane-token", "Content-Type": "application/json" },
    body: JSON.stringify(items),
  });
}
