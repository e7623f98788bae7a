import assert from "node:assert/strict";
import { DiffResponse } from "@pulumi/pulumi/proto/provider_pb";
import { outputNames } from "../../../provider/resources/taskRun/runOutputs";
import { startPlugin } from "../support/nativePlugin";
import type { Properties } from "../../support/calls";
import type { Plugin } from "../support/nativePlugin";

const args = { actorTaskId: "janedoe~scrape" };
/** What the class for TypeScript declares: it reads all values from the run's JSON. */
const ofTypeScript = { ...args, __runOutputs: "jsonOnly" };

const { DIFF_NONE, DIFF_SOME } = DiffResponse.DiffChanges;

describe("the values of a run in the state of the native plugin", () => {
  let plugin: Plugin;
  before(async () => {
    plugin = await startPlugin();
    await plugin.configure();
  });
  after(() => plugin.close());

  function valuesIn(outs: Properties): readonly string[] {
    return outputNames.filter((name) => name in outs).sort();
  }

  it("are outputs of their own for programs that read them one by one", async () => {
    const { outs } = await plugin.create(args);
    assert.ok(valuesIn(outs).includes("defaultDatasetId"));
    assert.deepEqual(outs.runId, (JSON.parse(String(outs.runJson)) as Properties).id);
  });

  it("are only in the run's JSON for programs that read them there", async () => {
    const { outs } = await plugin.create(ofTypeScript);
    assert.deepEqual(valuesIn(outs), ["expired", "links", "runJson"]);
  });

  it("are as little known in a preview", async () => {
    const [typed, json] = await Promise.all(
      [args, ofTypeScript].map(async (news) => {
        const { outs } = await plugin.create(news, { preview: "preview" });
        return valuesIn(outs);
      }),
    );
    assert.deepEqual(typed, [...outputNames].sort());
    assert.deepEqual(json, ["expired", "links", "runJson"]);
  });

  it("are stored as before by a refresh, which knows no program", async () => {
    for (const news of [args, ofTypeScript]) {
      const { id, outs } = await plugin.create(news);
      assert.deepEqual(valuesIn((await plugin.read(id, outs)).props), valuesIn(outs));
    }
  });

  it("are stored by an update when a program that reads them one by one takes over", async () => {
    const { id, outs } = await plugin.create(ofTypeScript);
    const diff = { id, olds: outs, news: args, oldInputs: ofTypeScript };
    const { changes, replacesList } = await plugin.diff(diff);
    assert.deepEqual([changes, replacesList], [DIFF_SOME, []]);
    plugin.emulator.clearRequests();
    const updated = await plugin.update(id, outs, args);
    assert.equal(updated.runId, id);
    assert.equal(updated.status, "SUCCEEDED");
    assert.deepEqual(
      plugin.emulator.requests.filter(({ method }) => method === "POST"),
      [],
    );
    assert.equal((await plugin.diff({ ...diff, olds: updated })).changes, DIFF_NONE);
  });

  it("are known in the preview of that update", async () => {
    const { id, outs } = await plugin.create(ofTypeScript);
    const previewed = await plugin.update(id, outs, args, { preview: "preview" });
    assert.deepEqual([previewed.runId, previewed.status], [id, "SUCCEEDED"]);
  });

  it("stay where they are when a program that reads the JSON takes over", async () => {
    const { id, outs } = await plugin.create(args);
    const diff = { id, olds: outs, news: ofTypeScript, oldInputs: args };
    assert.equal((await plugin.diff(diff)).changes, DIFF_NONE);
  });

  it("are stored for a run that is imported, whoever declares it", async () => {
    const { id } = await plugin.create(args);
    const { props, inputs } = await plugin.read(id);
    assert.equal(props.runId, id);
    const diff = { id, olds: props, news: { ...inputs, ...ofTypeScript }, oldInputs: inputs };
    assert.equal((await plugin.diff(diff)).changes, DIFF_NONE);
  });
});
