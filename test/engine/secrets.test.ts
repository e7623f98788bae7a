import assert from "node:assert/strict";
import { expectSettled, fails, recordedRun, succeeds } from "./support/acceptance";
import { describeEngine } from "./support/describeEngine";
import type { Emulator, Run } from "../../emulator";
import type { Project, StateResource } from "./support/project";

const password = "open-sesame-4711";
const cookie = "session=0815-very-private";

/** A program with a run whose input has secrets deep inside, and one whose input is a secret as a whole. */
function programOf(orders: object): string {
  return `
    const prices = new apify.TaskRun("prices", {
      actorTaskId: "janedoe~scrape",
      input: {
        ...${JSON.stringify(orders)},
        login: { user: "jane", password: pulumi.secret(${JSON.stringify(password)}) },
        requests: [{ url: "https://example.com", headers: [pulumi.secret(${JSON.stringify(cookie)})] }],
      },
    });
    new apify.TaskRun("whole", {
      actorTaskId: "janedoe~scrape-more",
      input: pulumi.secret({ items: [{ price: 1 }], password: ${JSON.stringify(password)} }),
    });
    exports.runId = prices.runId;
    exports.datasetId = prices.defaultDatasetId;`;
}

function expectHidden(text: string, ...secrets: readonly string[]): void {
  for (const secret of secrets) {
    // Not assert.doesNotMatch, which would show all of the text.
    assert.ok(!text.includes(secret), `"${secret}" is in:\n${text}`);
  }
}

/** What commands of all kinds, good ones and failing ones, showed and stored. */
interface Traces {
  /** What the terminal showed. */
  readonly shown: readonly string[];
  /** The state after the first deployment and after the last refresh, secrets encrypted. */
  readonly encrypted: readonly string[];
  /** The state after the last refresh with its secrets in plain text. */
  readonly decrypted: string;
  /** The resources of the first deployment, secrets encrypted. */
  readonly taskRuns: readonly StateResource[];
  /** The first run of each resource, as the state had it. */
  readonly runs: Readonly<Record<"prices" | "whole", Run>>;
}

/** Runs commands of all kinds that talk to Apify. */
async function tryAll(project: Project, emulator: Emulator, token: string): Promise<Traces> {
  const encryptedState = (): Promise<string> => succeeds(project.run(["stack", "export"]));
  project.program(programOf({ items: [{ price: 1 }] }));
  const shown = [await succeeds(project.up())];
  const encrypted = [await encryptedState()];
  const taskRuns = await project.taskRuns();
  const [prices, whole] = [
    await recordedRun(project, "prices"),
    await recordedRun(project, "whole"),
  ];

  project.program(programOf({ items: [{ price: 2 }], exitCode: 3 }));
  shown.push(await succeeds(project.run(["preview", "--diff"])));
  shown.push(await fails(project.up("--diff")));

  const refuse = emulator.use(({ method }, { response }) => {
    if (method !== "GET") return "pass";
    response.writeHead(400, { "Content-Type": "application/json" });
    const message = `You sent Bearer ${token}`;
    response.end(JSON.stringify({ error: { type: "echo", message } }));
    return "handled";
  });
  const echoed = await fails(project.refresh());
  assert.match(echoed, /You sent Bearer \[token\]/);
  refuse();
  emulator.setStatus(prices.id, { statusMessage: "seen by the refresh" });
  shown.push(echoed, await succeeds(project.refresh("--diff")));
  encrypted.push(await encryptedState());
  const decrypted = await project.exportState();
  shown.push(await succeeds(project.destroy("--diff")));
  return { shown, encrypted, decrypted, taskRuns, runs: { prices, whole } };
}

describeEngine("engine: secrets", { sandboxPer: "suite", shells: "both" }, (sandbox, shell) => {
  let traces: Traces;

  before(async () => {
    const { project, emulator, token } = sandbox;
    traces = await tryAll(project, emulator, token);
  });

  /** No request may carry the token anywhere but in its Authorization header. */
  function expectTokenInHeaderOnly(): void {
    const { emulator, token } = sandbox;
    for (const request of emulator.requests) {
      assert.ok(request.authorized, request.path);
      assert.ok(!new URL(request.path, emulator.url).searchParams.has("token"), request.path);
      expectHidden(JSON.stringify(request), token);
    }
  }

  it("inside an input reach Apify, and nobody else", () => {
    const { emulator } = sandbox;
    assert.deepEqual(emulator.record(traces.runs.prices.defaultKeyValueStoreId, "INPUT"), {
      items: [{ price: 1 }],
      login: { user: "jane", password },
      requests: [{ url: "https://example.com", headers: [cookie] }],
    });
    for (const { inputs, outputs } of traces.taskRuns) {
      for (const properties of [inputs, outputs]) {
        assert.match(JSON.stringify(properties.input), /ciphertext/);
      }
    }
    for (const text of [...traces.shown, ...traces.encrypted]) expectHidden(text, password, cookie);
    // The export can show them: they were there to be hidden.
    for (const secret of [password, cookie]) assert.ok(traces.decrypted.includes(secret));
  });

  it("make an input a secret as a whole when all of it is one", () => {
    const { emulator } = sandbox;
    assert.deepEqual(emulator.dataset(traces.runs.whole.defaultDatasetId), [{ price: 1 }]);
    const { inputs } = traces.taskRuns.find(({ urn }) => urn.endsWith("::whole")) ?? assert.fail();
    assert.deepEqual(Object.keys(inputs.input as object).includes("ciphertext"), true);
  });

  it("the token from the environment is stored and shown nowhere at all", () => {
    const { token } = sandbox;
    for (const text of [...traces.shown, ...traces.encrypted, traces.decrypted]) {
      expectHidden(text, token);
    }
    expectTokenInHeaderOnly();
  });

  it("the caller's address and the dataset's signing key are not stored", async () => {
    const { emulator, token } = sandbox;
    const { id, defaultDatasetId } = traces.runs.prices;
    assert.ok(emulator.run(id)?.meta.clientIp);
    const answer = await fetch(`${emulator.url}/v2/datasets/${defaultDatasetId}`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    assert.match(await answer.text(), /urlSigningSecretKey/);
    expectHidden(traces.decrypted, "clientIp", "urlSigningSecretKey");
  });

  it("the token from secret config is stored encrypted, in the provider alone", async () => {
    const { emulator, token, openProject } = sandbox;
    emulator.clearRequests();
    const project = await openProject("configured", { APIFY_API_BASE_URL: emulator.url });
    await succeeds(project.run(["config", "set", "--secret", "apify:token", token]));
    const { shown, encrypted, decrypted } = await tryAll(project, emulator, token);
    for (const text of [...shown, ...encrypted]) expectHidden(text, token);
    const { resources } = (
      JSON.parse(decrypted) as { deployment: { resources: { type: string }[] } }
    ).deployment;
    const holders = resources.filter((each) => JSON.stringify(each).includes(token));
    const provider = shell === "dynamic" ? "pulumi-nodejs" : "apify";
    for (const { type } of holders) assert.equal(type, `pulumi:providers:${provider}`);
    expectTokenInHeaderOnly();
  });

  it("a token that Apify refuses is not shown either", async () => {
    const { environment, openProject } = sandbox;
    const wrong = "apify_api_TokenOfNobody";
    const project = await openProject("refused", { ...environment, APIFY_TOKEN: wrong });
    project.program(programOf({}));
    const output = await fails(project.up());
    assert.match(output, /Nothing was started\. .*401/);
    assert.match(output, /Check the token in APIFY_TOKEN\./);
    expectHidden(output, wrong);
    expectHidden(await project.exportState(), wrong);
  });

  it("change nothing in a further deployment", async () => {
    const { project, emulator } = sandbox;
    project.program(programOf({ items: [{ price: 1 }] }));
    await succeeds(project.up());
    await expectSettled(emulator, project);
  });
});
