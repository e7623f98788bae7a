import assert from "node:assert/strict";
import { closeEmulatorsAfterEach, runningRun, startTestEmulator } from "../support/emulator";
import { signIn, textOf, visit } from "./support/visit";
import type { TestEmulator } from "../support/emulator";
import type { Visit } from "./support/visit";

/** Sends a form as janedoe, and opens the page that it leads to. */
async function send(
  emulator: TestEmulator,
  path: string,
  form: Record<string, string>,
): Promise<Visit> {
  const cookie = await signIn(emulator);
  const reply = await visit(emulator, `POST ${path}`, { cookie, form });
  if (reply.status !== 303) return reply;
  return visit(emulator, `GET ${reply.headers.location ?? ""}`, { cookie });
}

const scrape = "/actors/tasks/janedoe~scrape";

describe("the form of a task", () => {
  closeEmulatorsAfterEach();

  it("runs it with input and options, as Apify Console does", async () => {
    const emulator = await startTestEmulator();
    emulator.editTask("janedoe~scrape", { input: { saved: 1, other: 2 } });
    const page = await send(emulator, `${scrape}/runs`, {
      input: '{"other": 3}\r\n',
      build: "0.1.1",
      timeout: "90",
      memory: "256",
    });
    assert.match(textOf(page), /The run was started\. Run \w{17}/);
    const [run] = emulator.runs();
    assert.equal(run?.meta.origin, "WEB");
    const { build, timeoutSecs, memoryMbytes } = run.options;
    assert.deepEqual([build, timeoutSecs, memoryMbytes], ["0.1.1", 90, 256]);
    const input = emulator.record(run.defaultKeyValueStoreId, "INPUT");
    assert.deepEqual(input, { saved: 1, other: 3 });
  });

  it("leaves input alone that nobody has changed, although a token in it is not shown", async () => {
    const emulator = await startTestEmulator();
    const input = { text: "of\u202e jane-token" };
    emulator.editTask("janedoe~scrape", { input });
    const { body } = await visit(emulator, `GET ${scrape}`);
    const shown = /<textarea[^>]*>\n(.*?)<\/textarea/s.exec(body)?.[1]?.replaceAll("&quot;", '"');
    assert.match(shown ?? "", /of\\u202E \(token\)/);
    await send(emulator, `${scrape}/runs`, { input: shown ?? "" });
    const [run] = emulator.runs();
    assert.deepEqual(emulator.record(run?.defaultKeyValueStoreId ?? "", "INPUT"), input);
  });

  for (const [form, problem] of [
    [{ input: "{" }, /The input is not JSON/],
    [{ input: "[1]" }, /The input must be a JSON object/],
    [{ input: `${"[".repeat(2000)}${"]".repeat(2000)}` }, /nested over 1000 levels/],
    [{ memory: "100" }, /Memory must be a power of 2/],
    [{ memory: "much" }, /Memory must be a number/],
    [{ timeout: "-1" }, /Timeout must be a number of at least 0/],
    [{ build: "none" }, /Build with tag &quot;none&quot; was not found/],
  ] as const) {
    it(`keeps what was entered when it is refused: ${JSON.stringify(form).slice(0, 30)}`, async () => {
      const emulator = await startTestEmulator();
      const page = await send(emulator, `${scrape}/runs`, form);
      // Apify answers an unknown tag with 403.
      assert.equal(page.status, "build" in form ? 403 : 400);
      assert.match(page.body, problem);
      const [entered = ""] = Object.values(form);
      assert.ok(page.body.replaceAll("&quot;", '"').includes(entered));
      assert.deepEqual(emulator.runs(), []);
    });
  }

  it("says which limit of the account is reached", async () => {
    const emulator = await startTestEmulator();
    emulator.setLimits("janedoe", { maxConcurrentRuns: 0 });
    const page = await send(emulator, `${scrape}/runs`, {});
    assert.equal(page.status, 402);
    assert.match(textOf(page), /exceed your limit of 0 concurrent Actor runs/);
  });
});

describe("the buttons of a run", () => {
  closeEmulatorsAfterEach();

  it("abort it gracefully or at once, resurrect it and expire it", async () => {
    const emulator = await startTestEmulator();
    const { id } = await runningRun(emulator);
    const path = `/actors/runs/${id}`;
    const status = (): string | undefined => emulator.run(id)?.status;
    await send(emulator, `${path}/abort`, { manner: "gracefully" });
    assert.equal(status(), "ABORTING");
    const aborted = await send(emulator, `${path}/abort`, { manner: "immediately" });
    assert.equal(status(), "ABORTED");
    assert.match(textOf(aborted), /The run was told to stop\..* Resurrect /);
    assert.match(textOf(await send(emulator, `${path}/resurrect`, {})), /The run goes on\./);
    assert.equal(status(), "RUNNING");
    assert.match(textOf(await send(emulator, `${path}/expire`, {})), /were deleted/);
    assert.equal(status(), undefined);
  });

  it("refuse an unknown manner, and to resurrect a run that has not ended", async () => {
    const emulator = await startTestEmulator();
    const { id } = await runningRun(emulator);
    const path = `/actors/runs/${id}`;
    assert.equal((await send(emulator, `${path}/abort`, {})).status, 400);
    assert.equal((await send(emulator, `${path}/resurrect`, {})).status, 400);
    assert.equal(emulator.run(id)?.status, "RUNNING");
  });

  it("are offered only to those who have signed in", async () => {
    const emulator = await startTestEmulator();
    const { id } = await runningRun(emulator);
    const page = await visit(emulator, `GET /actors/runs/${id}`);
    assert.doesNotMatch(page.body, /<button/);
    assert.match(page.body, /href="\/sign-in\?next=%2Factors%2Fruns%2F\w+"/);
  });
});

describe("the forms for builds", () => {
  closeEmulatorsAfterEach();

  it("add a build with the code of the newest one, and move tags to it", async () => {
    const emulator = await startTestEmulator();
    const path = "/actors/janedoe~by-hand";
    const page = await send(emulator, `${path}/builds`, { number: "0.2.0", tags: "latest, beta" });
    assert.match(textOf(page), /0\.2\.0 latest beta .* 0\.1\.1/);
    const { options, buildNumber } = await emulator.startRun();
    assert.deepEqual([options.build, buildNumber], ["latest", "0.2.0"]);
  });

  it("move a tag to another build, and lead back to the page of the task", async () => {
    const emulator = await startTestEmulator();
    const { actorTaskId, actId, buildId: build } = await emulator.startRun();
    emulator.addBuild("janedoe~by-hand", { number: "0.2.0", tags: ["latest"] });
    const back = `/actors/tasks/${actorTaskId ?? ""}`;
    const page = await send(emulator, `/actors/${actId}/tags`, { tag: "latest", build, back });
    assert.match(textOf(page), /The tag was moved\. janedoe~scrape/);
    assert.equal((await emulator.startRun()).buildNumber, "0.1.1");
  });

  it("refuse numbers, tags and builds that cannot be", async () => {
    const emulator = await startTestEmulator();
    const path = "/actors/janedoe~by-hand";
    for (const [form, where] of [
      [{ number: "1" }, "builds"],
      [{ number: "0.1.1" }, "builds"],
      [{ number: "0.1.2", tags: "<b>" }, "builds"],
      [{ tag: "latest" }, "tags"],
      [{ tag: "", build: "x" }, "tags"],
      [{ tag: "a b", build: "x" }, "tags"],
    ] as const) {
      const { status } = await send(emulator, `${path}/${where}`, form);
      assert.ok(status === 400 || status === 404, JSON.stringify(form));
    }
    const { data } = await emulator.call("GET /v2/actors/janedoe~by-hand/builds");
    assert.equal(data.total, 1);
  });
});

describe("the form for faults", () => {
  closeEmulatorsAfterEach();

  it("injects a fault into the next start of the task, and removes it", async () => {
    const emulator = await startTestEmulator();
    emulator.editTask("johndoe~private", { name: "other" });
    const task = (await emulator.startRun()).actorTaskId ?? "";
    const back = `/actors/tasks/${task}`;
    const form = { fault: "start-done-500", times: "2", task, back };
    assert.match(textOf(await send(emulator, "/faults", form)), /waiting: 0 of 2/);
    const other = await emulator.call("POST /v2/actor-tasks/johndoe~other/runs", {
      token: "john-token",
    });
    assert.equal(other.status, 201);
    for (const reference of ["~scrape", "janedoe%7Escrape"]) {
      const start = await emulator.call(`POST /v2/actor-tasks/${reference}/runs`);
      assert.equal(start.status, 500);
    }
    assert.equal(emulator.runs().length, 4);
    assert.equal((await emulator.call("POST /v2/actor-tasks/~scrape/runs")).status, 201);
    assert.match(textOf(await visit(emulator, `GET ${back}`)), /used up \(2\)/);
    const [fault] = emulator.faults.all();
    await send(emulator, `/faults/${fault?.id ?? 0}/remove`, { back });
    assert.equal(emulator.faults.all().length, 0);
  });

  it("offers each fault with a word on what it does, and refuses others", async () => {
    const emulator = await startTestEmulator();
    for (const form of [{}, { fault: "none" }, { fault: "start-429", times: "0" }]) {
      assert.equal((await send(emulator, "/faults", form)).status, 400);
    }
    const page = await visit(emulator, "GET /faults", { cookie: await signIn(emulator) });
    const offered = [...page.body.matchAll(/name="fault"[^>]*value="([^"]+)"/g)];
    assert.equal(offered.length, 13);
    for (const [, fault = ""] of offered) await send(emulator, "/faults", { fault });
    assert.equal(emulator.faults.all().length, 13);
  });
});
