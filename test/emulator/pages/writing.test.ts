import assert from "node:assert/strict";
import { seededRandom } from "../../../emulator";
import {
  closeEmulatorsAfterEach,
  runningRun,
  startTestEmulator,
  withActor,
} from "../support/emulator";
import { signIn, textOf, visit } from "./support/visit";
import type { ActorContext } from "../../../emulator";
import type { TestEmulator } from "../support/emulator";

/** What the forms of the pages send, for an emulator with one running run of `~scrape`. */
async function everyForm(
  emulator: TestEmulator,
): Promise<readonly (readonly [path: string, form: Record<string, string>])[]> {
  const { id, actorTaskId, actId, buildId } = await runningRun(emulator);
  const { id: fault } = emulator.faults.inject({
    endpoint: "deleteRun",
    fault: { kind: "emptyBody" },
  });
  return [
    [`/actors/tasks/${actorTaskId ?? ""}/runs`, { input: "{}" }],
    [`/actors/runs/${id}/abort`, { manner: "immediately" }],
    [`/actors/runs/${id}/resurrect`, {}],
    [`/actors/runs/${id}/expire`, {}],
    [`/actors/${actId}/builds`, { number: "0.1.2", tags: "latest" }],
    [`/actors/${actId}/tags`, { tag: "beta", build: buildId }],
    ["/faults", { fault: "start-429" }],
    [`/faults/${fault}/remove`, {}],
  ];
}

/** Everything that a form could change. */
async function stateOf(emulator: TestEmulator): Promise<unknown> {
  const actor = await emulator.call("GET /v2/actors/janedoe~by-hand");
  return [emulator.runs(), actor.text, emulator.faults.all().length];
}

describe("a form of the pages", () => {
  closeEmulatorsAfterEach();

  for (const [what, status, headers] of [
    ["without a cookie", 401, { Cookie: "" }],
    ["with a cookie of another token", 401, { Cookie: "forged" }],
    ["from another site", 403, { Origin: "http://evil.example" }],
    ["from another server of this machine", 403, { Origin: "http://127.0.0.1:1" }],
    ["from another name of this machine", 403, { Origin: "http://localhost:80" }],
    ["from a sandboxed frame", 403, { Origin: "null" }],
    ["that another site has a same-site page send", 403, { "Sec-Fetch-Site": "same-site" }],
    ["to another host", 403, { Host: "evil.example" }],
    ["that is JSON", 415, { "Content-Type": "application/json" }],
  ] as const) {
    it(`changes nothing ${what}`, async () => {
      const emulator = await startTestEmulator();
      const cookie = await signIn(emulator);
      const forms = await everyForm(emulator);
      const before = await stateOf(emulator);
      const sent = { ...headers, ...("Cookie" in headers ? forged(headers.Cookie, cookie) : {}) };
      for (const [path, form] of forms) {
        const reply = await visit(emulator, `POST ${path}`, { cookie, form, headers: sent });
        assert.equal(reply.status, status, `${path}\n${textOf(reply)}`);
        assert.match(reply.headers["content-type"] ?? "", /^text\/html/);
      }
      assert.deepEqual(await stateOf(emulator), before);
    });
  }

  it("needs the header Origin", async () => {
    const emulator = await startTestEmulator();
    const cookie = await signIn(emulator);
    const { status } = await emulator.call("POST /faults", {
      token: null,
      body: "fault=start-429",
      headers: {
        Cookie: cookie,
        "Content-Type": "application/x-www-form-urlencoded",
        Accept: "text/html",
      },
    });
    assert.equal(status, 403);
    assert.equal(emulator.faults.all().length, 0);
  });

  it("changes only what belongs to the account", async () => {
    const emulator = await startTestEmulator();
    const cookie = await signIn(emulator, "john-token");
    const forms = (await everyForm(emulator)).filter(([path]) => !path.startsWith("/faults"));
    const before = await stateOf(emulator);
    for (const [path, form] of forms) {
      const reply = await visit(emulator, `POST ${path}`, { cookie, form });
      assert.equal(reply.status, 403);
      assert.match(textOf(reply), /signed in as johndoe, but this belongs to janedoe/);
    }
    assert.deepEqual(await stateOf(emulator), before);
  });

  it("may come from any name of this machine", async () => {
    const emulator = await startTestEmulator();
    const cookie = await signIn(emulator);
    for (const host of ["localhost:8765", "apify.localhost", "[::1]:8765"]) {
      const headers = { Host: host, Origin: `http://${host}`, "Sec-Fetch-Site": "same-origin" };
      const form = { fault: "start-429" };
      const { status } = await visit(emulator, "POST /faults", { cookie, form, headers });
      assert.equal(status, 303, host);
    }
  });

  it("is not sent by a GET", async () => {
    const emulator = await startTestEmulator();
    const cookie = await signIn(emulator);
    const forms = await everyForm(emulator);
    const before = await stateOf(emulator);
    for (const [path, form] of forms) {
      const query = new URLSearchParams(form).toString();
      for (const method of ["GET", "HEAD"])
        await visit(emulator, `${method} ${path}?${query}`, { cookie });
    }
    assert.deepEqual(await stateOf(emulator), before);
  });

  it("is not recorded, and neither is a page", async () => {
    const emulator = await startTestEmulator();
    const cookie = await signIn(emulator);
    await visit(emulator, "GET /", { cookie });
    assert.equal(emulator.requests.length, 0);
    await visit(emulator, "GET /v2/users/me", { cookie });
    const [request] = emulator.requests;
    assert.equal(request?.headers.cookie, "…");
  });
});

/** A cookie whose value is not that of the session. */
function forged(value: string, cookie: string): { Cookie: string } {
  return { Cookie: value === "" ? "" : `${cookie.split("=")[0] ?? ""}=${value}` };
}

/** What a page says of the account of its visitor, and what follows. */
async function account(emulator: TestEmulator, cookie: string): Promise<string> {
  const text = textOf(await visit(emulator, "GET /", { cookie }));
  return /Faults (.*)/.exec(text)?.[1] ?? "";
}

describe("signing in", () => {
  closeEmulatorsAfterEach();

  it("keeps no token, in a cookie that only this server and no script gets", async () => {
    const emulator = await startTestEmulator();
    const form = { token: "jane-token", next: "/tasks?a=b" };
    const { status, headers } = await visit(emulator, "POST /sign-in", { form });
    assert.deepEqual([status, headers.location], [303, "/tasks?a=b"]);
    const [cookie = ""] = headers["set-cookie"] ?? [];
    assert.match(
      cookie,
      /^local-apify-\d+=\w{34}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/,
    );
  });

  it("says that a token is wrong, and does not repeat it", async () => {
    const emulator = await startTestEmulator();
    for (const token of ["wrong-token", "", "apify_api_run_x"]) {
      const page = await visit(emulator, "POST /sign-in", { form: { token } });
      assert.equal(page.status, 403);
      assert.equal(page.headers["set-cookie"], undefined);
      assert.match(
        textOf(page),
        token === "" ? /Enter a token/ : /No account of this emulator has/,
      );
      assert.ok(!page.body.includes("wrong-token"));
    }
  });

  it("does not take the token of a run", async () => {
    let token = "";
    const run = ({ env }: ActorContext): Promise<void> => {
      token = env.APIFY_TOKEN ?? "";
      return Promise.resolve();
    };
    const emulator = await startTestEmulator({ declaration: withActor({ run }) });
    const { id } = await runningRun(emulator);
    await emulator.whenRun((each) => each.id === id && each.status === "SUCCEEDED");
    assert.match(token, /^apify_api_run_/);
    assert.equal((await visit(emulator, "POST /sign-in", { form: { token } })).status, 403);
  });

  it("leads to no other site", async () => {
    const emulator = await startTestEmulator();
    for (const next of [
      "https://evil.example",
      "//evil.example",
      "/\\evil.example",
      "/.//evil.example",
      "\t//evil.example",
      "/\t/evil.example",
      "javascript:alert(1)",
    ]) {
      const form = { token: "jane-token", next };
      const { headers } = await visit(emulator, "POST /sign-in", { form });
      assert.match(headers.location ?? "", /^\/(?![/\\])/, next);
    }
  });

  it("ends for this browser alone with signing out, and for all when the token is replaced", async () => {
    const emulator = await startTestEmulator();
    const [cookie, other] = [await signIn(emulator), await signIn(emulator)];
    assert.notEqual(cookie, other);
    assert.match(await account(emulator, cookie), /^janedoe Sign out/);
    const { headers } = await visit(emulator, "POST /sign-out", { cookie, form: {} });
    assert.match(headers["set-cookie"]?.[0] ?? "", /=; Max-Age=0;/);
    assert.match(await account(emulator, cookie), /^Sign in/);
    assert.match(await account(emulator, other), /^janedoe Sign out/);
    emulator.setToken("janedoe", "another-token");
    assert.match(await account(emulator, other), /^Sign in/);
  });

  it("ends after 12 hours, and with the emulator", async () => {
    const emulator = await startTestEmulator();
    const cookie = await signIn(emulator);
    emulator.clock.advance(12 * 3_600_000 - 1);
    assert.match(await account(emulator, cookie), /^janedoe Sign out/);
    emulator.clock.advance(1);
    assert.match(await account(emulator, cookie), /^Sign in/);

    const valid = await signIn(emulator);
    await emulator.close();
    const port = Number(new URL(emulator.url).port);
    const next = await startTestEmulator({ port, random: seededRandom(2) });
    assert.match(await account(next, valid), /^Sign in/);
  });
});
