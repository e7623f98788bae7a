import assert from "node:assert/strict";
import type { Shape } from "./shape";

/** Where runs are made, where their arguments come from, and where their outputs go. */
export const valueShapes: readonly Shape[] = [
  {
    name: "runs that are made in a loop, and one more of them later",
    program: (round) => `
      const runs = ["a", "b"${round === 1 ? "" : ', "c"'}].map((each) => plain(each));
      return { statuses: pulumi.all(runs.map(({ status }) => status)) };`,
    starts: [["a", "b"], ["c"]],
    holds: ({ outputs, round }) => {
      assert.deepEqual(outputs.statuses, Array(round + 1).fill("SUCCEEDED"));
    },
  },
  {
    name: "runs that are made inside apply",
    program: (round) => `
      const a = plain("a", { input: { output: ["b", "c"] } });
      const store = a.defaultKeyValueStoreId;
      const made = apify.keyValueStoreRecord(store, "OUTPUT").apply((names) =>
        names.map((each) => plain(each, { triggers: [each === "b" ? ${round} : 1] }).status));
      return { made };`,
    starts: [["a", "b", "c"], ["b"]],
    holds: ({ outputs }) => {
      assert.deepEqual(outputs, { made: ["SUCCEEDED", "SUCCEEDED"] });
    },
  },
  {
    name: "runs that a factory makes, with defaults of its own",
    program: (round) => `
      const scrape = (each, more = {}) => plain(each, { memoryMbytes: 256, timeoutSecs: 60, ...more });
      const [a, b] = [scrape("a"), scrape("b", { triggers: [${round}] })];
      return { memory: pulumi.all([a, b].map(({ options }) => options.memoryMbytes)) };`,
    starts: [["a", "b"], ["b"]],
    holds: ({ outputs }) => {
      assert.deepEqual(outputs, { memory: [256, 256] });
    },
  },
  {
    name: "a TaskRun that an async function returns once its await is over",
    program: (round) => `
      const later = async () => {
        await new Promise((resolve) => setImmediate(resolve));
        return plain("a", { triggers: [${round}] });
      };
      const a = await later();
      return { status: a.status };`,
    starts: [["a"], ["a"]],
    holds: ({ outputs }) => {
      assert.deepEqual(outputs, { status: "SUCCEEDED" });
    },
  },
  {
    name: "outputs of all and interpolate",
    program: (round) => `
      const [a, b] = ["a", "b"].map((each) => plain(each, { triggers: [each === "a" ? ${round} : 1] }));
      return {
        both: pulumi.all({ a: a.status, b: b.status }).apply((it) => it.a + it.b),
        text: pulumi.interpolate\`\${a.runId}/\${b.runId}\`,
        concat: pulumi.concat(a.status, "!"),
        lifted: a.options.memoryMbytes,
        json: pulumi.jsonStringify({ run: a.runId }),
      };`,
    starts: [["a", "b"], ["a"]],
    holds: ({ outputs, run }) => {
      assert.deepEqual(outputs, {
        both: "SUCCEEDEDSUCCEEDED",
        text: `${run("a").id}/${run("b").id}`,
        concat: "SUCCEEDED!",
        lifted: run("a").options.memoryMbytes,
        json: JSON.stringify({ run: run("a").id }),
      });
    },
  },
  {
    name: "a secret in the input, which the state keeps encrypted",
    program: (round) => `
      run("a", { password: pulumi.secret("correct horse ${round}") });
      plain("b", { input: { login: { password: pulumi.secret("battery staple") } } });`,
    starts: [["a", "b"], ["a"]],
    holds: ({ emulator, round, run, state }) => {
      const input = emulator.record(run("a").defaultKeyValueStoreId, "INPUT");
      assert.equal((input as { password: string }).password, `correct horse ${round}`);
      assert.ok(!/correct horse|battery staple/.test(state));
    },
  },
  {
    name: "an input that is a promise, and one that is an output of promises",
    program: (round) => `
      plain("a", { input: { later: Promise.resolve(${round}) } });
      run("b", Promise.resolve({ later: pulumi.output(Promise.resolve(1)) }));`,
    starts: [["a", "b"], ["a"]],
  },
  {
    name: "a chain of three whose middle one is changed",
    program: (round) => `
      const a = plain("a");
      const b = run("b", { from: a.defaultDatasetId, round: ${round} });
      run("c", { deep: [{ from: b.defaultDatasetId }] });`,
    starts: [
      ["a", "b", "c"],
      ["b", "c"],
    ],
    dependencies: { b: ["a"], c: ["b"] },
  },
  {
    name: "data that one run gives to the next through the program",
    program: (round) => `
      const a = plain("a", { input: { items: [{ price: ${round} }] } });
      const items = apify.datasetItems(a.defaultDatasetId, { fields: ["price"] });
      run("b", { items });
      return { items };`,
    starts: [
      ["a", "b"],
      ["a", "b"],
    ],
    dependencies: { b: ["a"] },
    holds: ({ outputs, round, emulator, run }) => {
      assert.deepEqual(outputs, { items: [{ price: round }] });
      assert.deepEqual(emulator.dataset(run("b").defaultDatasetId), [{ price: round }]);
    },
  },
];
