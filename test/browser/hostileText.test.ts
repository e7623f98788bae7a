import assert from "node:assert/strict";
import {
  closeEmulatorsAfterEach,
  startTestEmulator,
  withActor,
} from "../emulator/support/emulator";
import { browserOfSuite, signIn } from "./support/browser";
import type { Run } from "../../emulator";

const hostile = [
  "<script>globalThis.pwned = 1; alert(1)</script>",
  '"><img src=x onerror="globalThis.pwned = 1">',
  "</textarea></pre></title></style><svg onload=alert(1)>",
  "]]>--><iframe srcdoc='<script>parent.pwned = 1</script>'></iframe>",
  "javascript:alert(1)",
].join("\n");

describe("a script that an Actor has written", () => {
  const browser = browserOfSuite();
  closeEmulatorsAfterEach();

  it("does not run on any page, neither when it loads nor when it changes", async () => {
    const declaration = withActor(
      { manual: true, title: hostile },
      { input: { [hostile]: hostile } },
    );
    const emulator = await startTestEmulator({ declaration });
    const write = async (run: Run): Promise<void> => {
      emulator.log(run.id, hostile);
      emulator.setStatus(run.id, { statusMessage: hostile, status: `${hostile} RUNNING` });
      const items = [{ [hostile]: hostile, nested: [hostile] }];
      await emulator.call(`POST /v2/datasets/${run.defaultDatasetId}/items`, { json: items });
      for (const type of ["text/html", "image/svg+xml"]) {
        const path = `/v2/key-value-stores/${run.defaultKeyValueStoreId}/records`;
        const headers = { "Content-Type": type };
        await emulator.call(`PUT ${path}/${type.slice(0, 4)}`, { body: hostile, headers });
      }
    };
    const run = await emulator.startRun("", { [hostile]: hostile });
    await write(run);
    const page = await browser.open(emulator.url);
    await signIn(page);
    const store = `/storage/key-value-stores/${run.defaultKeyValueStoreId}`;
    for (const path of [
      "/",
      `/actors/runs/${run.id}`,
      `/actors/tasks/${run.actorTaskId ?? ""}`,
      `/actors/${run.actId}`,
      `/storage/datasets/${run.defaultDatasetId}`,
      store,
      `${store}/records/text`,
      `${store}/records/imag`,
      `/actors/runs/${encodeURIComponent(hostile)}`,
      `/sign-in?next=${encodeURIComponent(hostile)}`,
    ]) {
      await page.goto(path);
      assert.equal(await page.evaluate("globalThis.pwned"), undefined, path);
    }
    await page.goto(`/actors/runs/${run.id}`);
    await write(run);
    emulator.log(run.id, "the last line");
    await page.getByText("the last line").waitFor();
    assert.equal(await page.evaluate("globalThis.pwned"), undefined);
    assert.equal(await page.locator("iframe, main img, main script").count(), 0);
  });

  it("does not run in a record that the API shows, and cannot write there", async () => {
    const emulator = await startTestEmulator();
    const run = await emulator.startRun();
    const record = `/v2/key-value-stores/${run.defaultKeyValueStoreId}/records/page`;
    const abort = `/actors/runs/${run.id}/abort`;
    const body =
      `<script>document.title = "ran"</script><form method="post" action="${abort}">` +
      `<input name="manner" value="immediately"><button>press</button></form>`;
    await emulator.call(`PUT ${record}`, { body, headers: { "Content-Type": "text/html" } });
    const page = await browser.open(emulator.url);
    await signIn(page);
    await page.goto(`${record}?token=jane-token`);
    await page.getByRole("button", { name: "press" }).waitFor();
    assert.equal(await page.title(), "");
    await page.getByRole("button", { name: "press" }).click();
    const [script = "", form = "", ...others] = browser.takeProblems();
    assert.match(script, /^console: Blocked script execution/);
    assert.match(form, /^console: Blocked form submission/);
    assert.deepEqual(others, []);
    assert.equal(emulator.run(run.id)?.status, "READY");
  });
});
