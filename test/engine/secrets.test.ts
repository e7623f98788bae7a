import assert from "node:assert/strict";
import { expectDestroyed, expectSettled, fails, recordedRun, succeeds } from "./support/acceptance";
import { startShop, type Shop } from "./support/shop";
import type { Emulator } from "../../emulator";
import type { Project } from "./support/project";

const password = "open-sesame-4711";
const cookie = "session=0815-very-private";

/** A program whose run gets two secrets, deep inside its input. */
function scrape(orders: object): string {
  return `
    const prices = new apify.TaskRun("prices", {
      actorTaskId: "janedoe~scrape",
      input: {
        ...${JSON.stringify(orders)},
        login: { user: "jane", password: pulumi.secret(${JSON.stringify(password)}) },
        requests: [{ url: "https://example.com", headers: [pulumi.secret(${JSON.stringify(cookie)})] }],
      },
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

describe("engine: secrets", function () {
  this.timeout(180_000);
  let shop: Shop;
  let emulator: Emulator;

  beforeEach(async () => {
    shop = await startShop();
    emulator = shop.emulator;
  });

  afterEach(() => shop.close());

  const encryptedState = (project: Project): Promise<string> =>
    succeeds(project.run(["stack", "export"]));

  it("inside an input reach Apify, and nobody else", async () => {
    const project = await shop.project();
    project.program(scrape({ items: [{ price: 1 }] }));
    const texts = [await succeeds(project.up())];
    const run = await recordedRun(project);
    assert.deepEqual(emulator.record(run.defaultKeyValueStoreId, "INPUT"), {
      items: [{ price: 1 }],
      login: { user: "jane", password },
      requests: [{ url: "https://example.com", headers: [cookie] }],
    });
    const state = await encryptedState(project);
    expectHidden(state, password, cookie);
    const [{ inputs, outputs } = { inputs: {}, outputs: {} }] = await project.taskRuns();
    for (const properties of [inputs, outputs]) {
      assert.match(JSON.stringify(properties.input), /ciphertext/);
    }
    // The export can show them: they were there to be hidden.
    assert.ok((await project.exportState()).includes(password));
    await expectSettled(emulator, project);

    project.program(scrape({ items: [{ price: 2 }], exitCode: 3 }));
    texts.push(await succeeds(project.run(["preview", "--diff"])));
    texts.push(await fails(project.run(["up", "--yes", "--diff"])));
    expectHidden(await encryptedState(project), password, cookie);
    emulator.setStatus(run.id, { statusMessage: "seen by the refresh" });
    texts.push(await succeeds(project.run(["refresh", "--yes", "--diff"])));
    texts.push(await succeeds(project.run(["destroy", "--yes", "--diff"])));
    for (const text of texts) expectHidden(text, password, cookie);
  });

  it("make an input a secret as a whole when all of it is one", async () => {
    const project = await shop.project();
    project.program(`
      new apify.TaskRun("prices", {
        actorTaskId: "janedoe~scrape",
        input: pulumi.secret({ items: [{ price: 1 }], password: ${JSON.stringify(password)} }),
      });`);
    const output = await succeeds(project.up());
    const run = await recordedRun(project);
    assert.deepEqual(emulator.dataset(run.defaultDatasetId), [{ price: 1 }]);
    expectHidden(output, password);
    expectHidden(await encryptedState(project), password);
    await expectSettled(emulator, project);
    await expectDestroyed(emulator, project);
  });

  /** Every command that talks to Apify, good and bad, and what all of them showed and stored. */
  async function everything(project: Project): Promise<readonly string[]> {
    project.program(scrape({ items: [{ price: 1 }] }));
    const texts = [await succeeds(project.up()), await project.exportState()];
    project.program(scrape({ exitCode: 3 }));
    texts.push(await fails(project.run(["up", "--yes", "--diff"])));
    const refuse = emulator.use(({ method }, { response }) => {
      if (method !== "GET") return "pass";
      response.writeHead(400, { "Content-Type": "application/json" });
      const message = `You sent Bearer ${shop.token}`;
      response.end(JSON.stringify({ error: { type: "echo", message } }));
      return "handled";
    });
    const echoed = await fails(project.refresh());
    assert.match(echoed, /You sent Bearer \[token\]/);
    refuse();
    texts.push(echoed, await succeeds(project.refresh()), await succeeds(project.destroy()));
    return texts;
  }

  /** No request may carry the token anywhere but in its Authorization header. */
  function expectTokenInHeaderOnly(): void {
    for (const request of emulator.requests) {
      assert.ok(request.authorized, request.path);
      assert.ok(!new URL(request.path, emulator.url).searchParams.has("token"), request.path);
      expectHidden(JSON.stringify(request), shop.token);
    }
  }

  it("the token from the environment is stored and shown nowhere at all", async () => {
    const project = await shop.project();
    for (const text of await everything(project)) expectHidden(text, shop.token);
    expectTokenInHeaderOnly();
  });

  it("the token from secret config is stored encrypted, in the provider alone", async () => {
    const project = await shop.project("shop", { APIFY_API_BASE_URL: emulator.url });
    await succeeds(project.run(["config", "set", "--secret", "apify:token", shop.token]));
    const [up, state, ...rest] = await everything(project);
    for (const text of [up, ...rest]) expectHidden(text ?? "", shop.token);
    const { resources } = (
      JSON.parse(state ?? "") as { deployment: { resources: { type: string }[] } }
    ).deployment;
    const holders = resources.filter((each) => JSON.stringify(each).includes(shop.token));
    for (const { type } of holders) assert.equal(type, "pulumi:providers:pulumi-nodejs");
    expectTokenInHeaderOnly();

    project.program(scrape({}));
    await succeeds(project.up());
    expectHidden(await encryptedState(project), shop.token);
  });

  it("a token that Apify refuses is not shown either", async () => {
    const wrong = "apify_api_TokenOfNobody";
    const environment = { ...shop.environment, APIFY_TOKEN: wrong };
    const project = await shop.project("shop", environment);
    project.program(scrape({}));
    const output = await fails(project.up());
    assert.match(output, /Nothing was started\. .*401/);
    assert.match(output, /Check APIFY_TOKEN\./);
    expectHidden(output, wrong);
    expectHidden(await project.exportState(), wrong);
  });

  it("the caller's address and the dataset's signing key are not stored", async () => {
    const project = await shop.project();
    project.program(scrape({ items: [{ price: 1 }] }));
    await succeeds(project.up());
    await succeeds(project.refresh());
    const { id, defaultDatasetId } = await recordedRun(project);
    assert.ok(emulator.run(id)?.meta.clientIp);
    const answer = await fetch(`${emulator.url}/v2/datasets/${defaultDatasetId}`, {
      headers: { Authorization: `Bearer ${shop.token}` },
    });
    assert.match(await answer.text(), /urlSigningSecretKey/);
    expectHidden(await project.exportState(), "clientIp", "urlSigningSecretKey");
  });
});
