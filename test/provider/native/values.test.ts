import assert from "node:assert/strict";
import { runtime } from "@pulumi/pulumi";
import { CallFailure } from "../../support/calls";
import { startPlugin, taskUrn } from "../support/nativePlugin";
import type { Plugin } from "../support/nativePlugin";

const args = { actorTaskId: "janedoe~scrape", input: { items: [] } };

describe("values from programs in other languages", () => {
  let plugin: Plugin;
  before(async () => {
    plugin = await startPlugin();
    await plugin.configure();
  });
  after(() => plugin.close());

  it("count as left out when they are null, as Python's None and empty outputs are", async () => {
    const nulls = { build: null, waitSecs: null, maxItems: null, account: null };
    const { inputs, failures } = await plugin.check({}, { ...args, ...nulls });
    assert.deepEqual(failures, []);
    for (const name of Object.keys(nulls)) assert.equal(name in inputs, false, name);
  });

  it("count as left out when they are null within the options of a task", async () => {
    const news = { actorId: "janedoe~obedient", options: { memoryMbytes: null, timeoutSecs: 60 } };
    const { inputs, failures } = await plugin.check({}, news, taskUrn);
    assert.deepEqual(failures, []);
    assert.deepEqual(inputs.options, { timeoutSecs: 60 });
  });

  it("stay null within input and triggers", async () => {
    const news = { ...args, input: { a: null, b: [{ c: null }] }, triggers: [null] };
    const { inputs } = await plugin.check({}, news);
    assert.deepEqual([inputs.input, inputs.triggers], [news.input, news.triggers]);
  });

  it("count as left out when they are null in a call of a function, but for what to return", async () => {
    const { outs } = await plugin.create(args);
    const query = { datasetId: outs.defaultDatasetId, account: null, limit: null };
    assert.deepEqual(await plugin.invoke("apify:index:getDatasetItems", query), { items: [] });
    const gone = { datasetId: "nosuchdataset", ifGone: null };
    const { items } = await plugin.invoke("apify:index:getDatasetItems", gone);
    assert.equal(items ?? null, null);
  });

  it("are refused with their path when they are files, or numbers that JSON does not have", async () => {
    const asset = { [runtime.specialSigKey]: runtime.specialAssetSig, path: "/etc/hosts" };
    const input = { files: [{ "the file": asset }], share: NaN, most: -Infinity };
    const { failures } = await plugin.check({}, { ...args, input });
    assert.deepEqual(failures, [
      '`input.files[0]["the file"]` is an asset, an archive or a resource; pass its text or its id instead',
      "`input.most` is -Infinity, which JSON cannot represent; pass a finite number or a string",
      "`input.share` is NaN, which JSON cannot represent; pass a finite number or a string",
    ]);
  });
});

describe("what the native plugin answers", () => {
  let plugin: Plugin;
  before(async () => {
    plugin = await startPlugin();
    await plugin.configure();
  });
  after(() => plugin.close());

  it("has the lines of an error, the last one too", async () => {
    const failing = { ...args, input: { exitCode: 3 } };
    const failure = await plugin.create(failing).then(
      () => assert.fail("It did not fail."),
      (error: unknown) => error,
    );
    assert.ok(failure instanceof CallFailure);
    assert.match(failure.message, /^Run \w+ ended with status FAILED: .*\nSee http.*\n/);
    assert.match(failure.message, /\nPulumi marks the stack's outputs with "-", [^\n]*$/);
    assert.doesNotMatch(failure.message, /\n {4}at /);
  });

  it("is secret where an update keeps what was declared before", async () => {
    const { id } = await plugin.create(args);
    const adopted = { ...args, input: { key: "hidden" }, adoptRunId: id };
    const { outs } = await plugin.create(adopted);
    const kept = await plugin.update(id, outs, {
      actorTaskId: args.actorTaskId,
      adoptRunId: id,
      onDelete: "keep",
    });
    assert.deepEqual(kept.input, {
      [runtime.specialSigKey]: runtime.specialSecretSig,
      value: { key: "hidden" },
    });
  });
});
