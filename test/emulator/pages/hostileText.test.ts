import assert from "node:assert/strict";
import { hostileTexts, unfitPlaces } from "../../support/hostileTexts";
import { closeEmulatorsAfterEach, startTestEmulator, withActor } from "../support/emulator";
import { signIn, visit } from "./support/visit";
import type { Run } from "../../../emulator";

const markup = [
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  "]]><svg onload=alert(1)>",
  "</textarea></pre><iframe src=javascript:alert(1)>",
  "<!-- --><base href=//evil.example>",
];

/** The elements of pages; everything else was written by somebody else. */
const ownElements =
  "a body button circle code dd details div dl dt fieldset footer form h1 h2 h3 head header html " +
  "input label legend li line link main meta nav ol option p path pre rect section select span " +
  "summary svg table tbody td text textarea th thead time title tr ul !doctype";
const ownScript = '<script src="" defer></script>';

/** Elements, attributes for code and comments that pages do not have by themselves. */
function foreignMarkup(body: string): string[] {
  const bare = body.replace(/"[^"]*"/g, '""').replace(ownScript, "");
  const tags = bare.match(/<[^>]*/g) ?? [];
  return tags.filter(
    (tag) =>
      !ownElements.split(" ").includes(/^<\/?([^\s/>]*)/.exec(tag)?.[1] ?? "") ||
      /\s(on\w+|style)\b/i.test(tag),
  );
}

describe("a hostile text on a page", () => {
  closeEmulatorsAfterEach();

  const texts = [...markup, ...Object.values(hostileTexts)];
  for (const text of texts) {
    it(`is shown as text: ${JSON.stringify(text.slice(0, 40))}`, async () => {
      const declaration = withActor({ manual: true, title: text }, { input: { saved: text } });
      const emulator = await startTestEmulator({ declaration });
      const cookie = await signIn(emulator);
      const { data } = await emulator.call<Run>("POST /v2/actor-tasks/~scrape/runs", {
        json: { [text]: text },
      });
      emulator.log(data.id, text);
      emulator.setStatus(data.id, { statusMessage: text, status: `RUNNING${text}` });
      const items = [{ [text]: text, nested: { [text]: [text] } }];
      await emulator.call(`POST /v2/datasets/${data.defaultDatasetId}/items`, { json: items });
      emulator.faults.inject({ endpoint: "abortRun", fault: { kind: "emptyBody" }, label: text });
      const store = `/storage/key-value-stores/${data.defaultKeyValueStoreId}`;
      for (const path of [
        "/",
        `/?status=${encodeURIComponent(wellFormed(text))}`,
        `/actors/runs/${data.id}`,
        `/actors/tasks/${data.actorTaskId ?? ""}`,
        `/actors/${data.actId}`,
        `/storage/datasets/${data.defaultDatasetId}`,
        store,
        `${store}/records/INPUT`,
        "/faults",
        `/actors/runs/${encodeURIComponent(wellFormed(text))}`,
        `/sign-in?next=${encodeURIComponent(wellFormed(text))}`,
      ]) {
        const { body } = await visit(emulator, `GET ${path}`, { cookie });
        assert.deepEqual(foreignMarkup(body), [], path);
        // These colours are those of Pulumi's display, and mean nothing in a browser.
        const places = unfitPlaces(body).filter((place) => !place.includes("<{%"));
        assert.deepEqual(places, [], path);
      }
    });
  }

  it("keeps its invisible characters visible in JSON that can be edited", async () => {
    const input = { text: "a\u202eb\u0007" };
    const emulator = await startTestEmulator({
      declaration: withActor({ manual: true }, { input }),
    });
    const { body } = await visit(emulator, "GET /actors/tasks/janedoe~scrape");
    assert.ok(body.includes("a\\u202Eb\\u0007"));
  });

  it("is never a token", async () => {
    const emulator = await startTestEmulator();
    const run = await emulator.startRun("", { secret: "jane-token" });
    emulator.log(run.id, "The token is jane-token, and that of the run apify_api_run_Abc123.");
    const { body } = await visit(emulator, `GET /actors/runs/${run.id}`);
    assert.ok(body.includes("The token is (token), and that of the run (token)."));
    const store = `/storage/key-value-stores/${run.defaultKeyValueStoreId}`;
    const links = [...body.matchAll(/href="(\/[^"]*)"/g)].map(([, path = ""]) => path);
    assert.ok(links.includes(`/actors/runs/${run.id}/log`));
    for (const path of [...links, `${store}/records/INPUT`, `${store}/records/INPUT/file`]) {
      const shown = await visit(emulator, `GET ${path}`);
      assert.doesNotMatch(shown.body, /jane-token|apify_api_run_/, path);
    }
  });

  it("is the whole log as text, which no browser runs", async () => {
    const emulator = await startTestEmulator();
    const { id } = await emulator.startRun();
    emulator.log(id, "<script>alert(1)</script> \u001b[31mred");
    const { status, headers, body } = await visit(emulator, `GET /actors/runs/${id}/log`);
    assert.deepEqual([status, headers["content-type"]], [200, "text/plain; charset=utf-8"]);
    assert.equal(headers["x-content-type-options"], "nosniff");
    assert.match(body, /Z <script>alert\(1\)<\/script> red\n/);
    assert.equal((await visit(emulator, "GET /actors/runs/none/log")).status, 404);
  });
});

/** A lone surrogate has no UTF-8, so it cannot be in an address. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString("utf8");
}
