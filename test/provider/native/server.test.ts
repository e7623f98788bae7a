import assert from "node:assert/strict";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { runtime } from "@pulumi/pulumi";
import { answered, failureOf } from "../../support/calls";
import { emptyMessage, structOf } from "../../support/protobuf";
import { unknown } from "../support/dynamicHost";
import { startPlugin, taskUrn } from "../support/nativePlugin";
import type { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import type { Plugin } from "../support/nativePlugin";

const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
const { UPDATE, UPDATE_REPLACE, ADD } = messages.PropertyDiff.Kind;

const args = { actorTaskId: "janedoe~scrape", input: { items: [{ price: 1 }] } };
const byHand = { actorTaskId: "janedoe~by-hand" };

describe("the native plugin", () => {
  let plugin: Plugin;
  beforeEach(async () => {
    plugin = await startPlugin();
    await plugin.configure();
  });
  afterEach(() => plugin.close());

  it("tells its version, its schema, and what it accepts", async () => {
    const { client } = plugin;
    const info = await answered<PluginInfo>((done) =>
      client.getPluginInfo(emptyMessage() as never, done),
    );
    assert.match(info.getVersion(), /^\d+\.\d+\.\d+$/);
    const schema = await answered<messages.GetSchemaResponse>((done) =>
      client.getSchema(new messages.GetSchemaRequest(), done),
    );
    const { resources } = JSON.parse(schema.getSchema()) as { resources: object };
    assert.deepEqual(Object.keys(resources), ["apify:index:Task", "apify:index:TaskRun"]);
    const request = new messages.ProviderHandshakeRequest();
    request.setEngineAddress("127.0.0.1:1");
    const handshake = await answered<messages.ProviderHandshakeResponse>((done) =>
      client.handshake(request, done),
    );
    assert.equal(handshake.getAcceptSecrets(), false);
  });

  it("stores the values of the run beside its JSON, and no nulls", async () => {
    const { id, outs } = await plugin.create(args);
    assert.equal(outs.runId, id);
    assert.equal(outs.status, "SUCCEEDED");
    assert.equal((JSON.parse(String(outs.runJson)) as { id: string }).id, id);
    assert.deepEqual(outs.input, args.input);
    assert.doesNotMatch(JSON.stringify({ ...outs, runJson: "" }), /null/);
    assert.equal("__urn" in outs, false);
  });

  it("takes the token from a secret of its configuration", async () => {
    const token = { [runtime.specialSigKey]: runtime.specialSecretSig, value: "jane-token" };
    await plugin.configure({ token });
    const { outs } = await plugin.create(args);
    assert.equal(outs.status, "SUCCEEDED");
  });

  it("reports a token that is missing once it is needed, and a wrong argument", async () => {
    await plugin.configure({ token: "" });
    const { failures } = await plugin.check({}, { ...args, onDelete: "later" });
    assert.match(String(failures), /`onDelete` must be/);
    assert.match(String(failures), /No Apify API token is set/);
  });

  it("checks values that are not known yet", async () => {
    const { inputs, failures } = await plugin.check({}, { ...args, maxItems: unknown });
    assert.deepEqual(failures, []);
    assert.deepEqual(inputs, { ...args, maxItems: unknown });
  });

  it("finds nothing to do for the same arguments", async () => {
    const { id, outs } = await plugin.create(args);
    const answer = await plugin.diff({ id, olds: outs, news: args, oldInputs: args });
    assert.equal(answer.changes, DIFF_NONE);
  });

  it("names the path of a change, and the reason of a rerun", async () => {
    const { id, outs } = await plugin.create(args);
    const news = { ...args, input: { items: [{ price: 2 }] }, onDelete: "keep" };
    const answer = await plugin.diff({ id, olds: outs, news, oldInputs: args });
    assert.equal(answer.changes, DIFF_SOME);
    assert.deepEqual(answer.replacesList, ["input"]);
    assert.deepEqual(
      answer.detaileddiffMap.map(([path, { kind }]) => [path, kind]),
      [
        ["input.items[0].price", UPDATE_REPLACE],
        ["onDelete", ADD],
      ],
    );
  });

  it("names what an update leaves as it is", async () => {
    const { id, outs } = await plugin.create({ ...args, onDelete: "abort" });
    const olds = { ...args, onDelete: "abort" };
    const news = { ...args, onDelete: "keep" };
    const answer = await plugin.diff({ id, olds: outs, news, oldInputs: olds });
    assert.deepEqual(answer.replacesList, []);
    assert.ok(answer.stablesList.includes("defaultDatasetId"));
    assert.deepEqual(
      answer.detaileddiffMap.map(([path, { kind }]) => [path, kind]),
      [["onDelete", UPDATE]],
    );
  });

  it("knows in a preview all outputs of an update, and none of a create", async () => {
    const created = await plugin.create(args, { preview: "preview" });
    assert.equal(created.id, "");
    assert.equal(created.outs.status, unknown);
    assert.deepEqual(created.outs.input, args.input);
    assert.equal(plugin.emulator.runs().length, 0);
    const { id, outs } = await plugin.create(args);
    const news = { ...args, onDelete: "keep" };
    const previewed = await plugin.update(id, outs, news, { preview: "preview" });
    assert.deepEqual(previewed, await plugin.update(id, outs, news));
  });

  it("knows no output in a preview that repairs a damaged state", async () => {
    const { id, outs } = await plugin.create(args);
    const olds = { ...outs, links: "damaged" };
    const previewed = await plugin.update(id, olds, args, { preview: "preview" });
    assert.equal(previewed.status, unknown);
    assert.deepEqual(await plugin.update(id, olds, args), outs);
  });

  it("does not know in a preview how a run that is waited for ends", async () => {
    const { id, outs } = await plugin.create({ ...byHand, waitSecs: 0 });
    const previewed = await plugin.update(id, outs, byHand, { preview: "preview" });
    assert.equal(previewed.status, unknown);
    assert.equal(previewed.runJson, unknown);
    assert.equal(previewed.runId, id);
    assert.equal(previewed.defaultDatasetId, outs.defaultDatasetId);
  });

  it("fails for a run that failed, and records nothing", async () => {
    const failure = await failureOf(plugin.create({ ...args, input: { exitCode: 1 } }));
    assert.match(failure.message, /ended with status FAILED/);
    assert.doesNotMatch(failure.message, /\n {4}at /);
    assert.equal(failure.recorded, undefined);
  });

  it("ends a wait at the time limit of the request, and records the run", async () => {
    const failure = await failureOf(plugin.create(byHand, { timeoutSecs: 0.01 }));
    const [run] = plugin.emulator.runs();
    assert.equal(failure.recorded?.id, run?.id);
    assert.equal(failure.recorded?.properties.runId, run?.id);
    assert.deepEqual(failure.recorded?.reasons, [failure.message]);
  });

  it("ends all waits when it is cancelled, and records the runs", async () => {
    const creating = failureOf(plugin.create(byHand));
    const { id } = await plugin.emulator.whenRun(() => true);
    await plugin.cancel();
    const failure = await creating;
    assert.match(failure.message, new RegExp(`Run ${id} is still running; stopped waiting`));
    assert.equal(failure.recorded?.id, id);
  });

  it("reads a run for an import, with its input as a secret", async () => {
    const { id } = await plugin.create(args);
    const { props, inputs } = await plugin.read(id);
    const input = { [runtime.specialSigKey]: runtime.specialSecretSig, value: args.input };
    assert.deepEqual(inputs.input, input);
    assert.deepEqual(props.input, input);
    assert.equal(inputs.actorTaskId, plugin.emulator.run(id)?.actorTaskId);
    const olds = { ...props, input: args.input };
    const oldInputs = { ...inputs, input: args.input };
    for (const news of [args, byTaskIdOnly(inputs), { ...args, triggers: [1] }]) {
      const answer = await plugin.diff({ id, olds, news, oldInputs });
      assert.equal(answer.changes, DIFF_NONE);
    }
    const other = { ...args, input: { items: [] } };
    const answer = await plugin.diff({ id, olds, news: other, oldInputs });
    assert.deepEqual(answer.replacesList, ["input"]);
  });

  it("takes the organization from the program, or from its configuration", async () => {
    await plugin.configure({ organization: "acme" });
    await plugin.create(args);
    await plugin.create({ ...args, __organization: "acme" });
    await plugin.create({ ...args, __organization: "other" });
    const keys = plugin.emulator
      .runs()
      .map(({ meta }) => /run-key (\w+)/.exec(meta.userAgent ?? "")?.[1]);
    assert.equal(new Set(keys).size, 2);
  });

  it("creates, changes and reads a task", async () => {
    const news = { actorId: "janedoe~obedient", title: "Prices" };
    const { inputs } = await plugin.check({}, news, taskUrn);
    const { id, outs } = await plugin.create(inputs, {
      urn: taskUrn,
    });
    assert.equal(outs.title, "Prices");
    const next = { ...inputs, title: "Stock" };
    const answer = await plugin.diff({ id, olds: outs, news: next, oldInputs: news }, taskUrn);
    assert.deepEqual(answer.replacesList, []);
    const updated = await plugin.update(id, outs, next, { urn: taskUrn });
    assert.equal(updated.title, "Stock");
  });

  it("deletes a run that its state says to purge", async () => {
    const { id, outs } = await plugin.create({ ...args, onDelete: "purge" });
    // Another deployment, in which nothing uses the run.
    await plugin.configure();
    await plugin.delete(id, outs);
    assert.equal(plugin.emulator.run(id), undefined);
  });

  it("reads data by its functions, and says what to do when there is none", async () => {
    const { outs } = await plugin.create(args);
    const { items } = await plugin.invoke("apify:index:getDatasetItems", {
      datasetId: outs.defaultDatasetId,
    });
    assert.deepEqual(items, []);
    const store = { storeId: outs.defaultKeyValueStoreId };
    const recordOf = (key: string) =>
      plugin.invoke("apify:index:getKeyValueStoreRecord", { ...store, key });
    assert.deepEqual(await recordOf("INPUT"), { record: { value: args.input } });
    assert.deepEqual(await recordOf("NOTHING"), {});
    const gone = { datasetId: "noSuchDataset1" };
    const failure = await failureOf(plugin.invoke("apify:index:getDatasetItems", gone));
    assert.match(failure.message, /set the option `ifGone` of `getDatasetItems`/);
    const instead = await plugin.invoke("apify:index:getDatasetItems", { ...gone, ifGone: [] });
    assert.deepEqual(instead, { items: [] });
  });

  it("answers for what it does not have with an error", async () => {
    const urn = "urn:pulumi:dev::shop::apify:index:Schedule::nightly";
    assert.match((await failureOf(plugin.check({}, {}, urn))).message, /no resource/);
    assert.match((await failureOf(plugin.invoke("apify:index:x", {}))).message, /no function/);
  });

  it("replaces no provider when its configuration changes", async () => {
    const request = new messages.DiffRequest();
    request.setOldInputs(structOf({ token: "one" }));
    request.setNews(structOf({ token: "two" }));
    const answer = await answered<messages.DiffResponse>((done) =>
      plugin.client.diffConfig(request, done),
    );
    assert.equal(answer.getChanges(), DIFF_SOME);
    assert.deepEqual(answer.getReplacesList(), []);
  });
});

function byTaskIdOnly({ actorTaskId }: Record<string, unknown>): Record<string, unknown> {
  return { actorTaskId };
}
