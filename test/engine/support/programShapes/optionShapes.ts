import assert from "node:assert/strict";
import type { Shape } from "./shape";

/** Pulumi's own resource options. */
export const optionShapes: readonly Shape[] = [
  {
    name: "a TaskRun that is renamed, with an alias",
    program: (round) => `plain("a", { input: { mark: name("a") } }, {});
      new apify.TaskRun(name("b-${round}"), { actorTaskId: "janedoe~scrape", input: { mark: name("b") } },
        { aliases: [{ name: name("b-1") }] });`,
    starts: [["a", "b"], []],
  },
  {
    name: "a TaskRun with ignoreChanges of its input",
    program: (round) => `plain("a", { input: { round: ${round} } }, { ignoreChanges: ["input"] });`,
    starts: [["a"], []],
  },
  {
    name: "a TaskRun with ignoreChanges of one property deep in its input",
    program: (round) =>
      `plain("a", { input: { deep: { round: ${round} } } }, { ignoreChanges: ["input.deep.round"] });`,
    starts: [["a"], []],
  },
  {
    name: "a TaskRun with retainOnDelete",
    program: (round) => `plain("a", { triggers: [${round}] }, { retainOnDelete: true });`,
    starts: [["a"], ["a"]],
  },
  {
    name: "a TaskRun with additionalSecretOutputs",
    program: (round) => `
      const a = plain("a", { triggers: [${round}] }, { additionalSecretOutputs: ["defaultDatasetId"] });
      return { dataset: a.defaultDatasetId };`,
    starts: [["a"], ["a"]],
    holds: ({ run, state }) => {
      assert.ok(!state.includes(`defaultDatasetId\\":\\"${run("a").defaultDatasetId}`), state);
      assert.ok(state.includes(run("a").id));
    },
  },
  {
    name: "a TaskRun with replaceOnChanges",
    program: (round) =>
      `plain("a", { memoryMbytes: ${128 * round} }, { replaceOnChanges: ["memoryMbytes"] });`,
    starts: [["a"], []],
  },
  {
    name: "a TaskRun with deleteBeforeReplace",
    program: (round) => `plain("a", { triggers: [${round}] }, { deleteBeforeReplace: true });`,
    starts: [["a"], ["a"]],
  },
  {
    name: "a TaskRun with a replacementTrigger",
    program: (round) => `plain("a", {}, { replacementTrigger: "${round}" });`,
    starts: [["a"], ["a"]],
  },
  {
    name: "a TaskRun with transforms that change an argument",
    program: (round) => `
      plain("a", { input: { round: 0 } }, {
        transforms: [({ props, opts }) => ({ props: { ...props, input: { ...props.input, round: ${round} } }, opts })],
      });`,
    starts: [["a"], ["a"]],
    holds: ({ emulator, run, round }) => {
      const input = emulator.record(run("a").defaultKeyValueStoreId, "INPUT");
      assert.equal((input as { round: number }).round, round);
    },
  },
  {
    name: "a component with transformations that change an argument of its children",
    program: (round) => `
      group("group", {
        transformations: [({ type, props, opts }) => type.endsWith(":TaskRun")
          ? { props: { ...props, triggers: [${round}] }, opts } : undefined],
      }, (parent) => {
        plain("a", {}, { parent });
        plain("b", {}, { parent });
      });`,
    starts: [
      ["a", "b"],
      ["a", "b"],
    ],
  },
  {
    name: "a component whose options name the provider of another package",
    program: (round) => `
      // No plugin of another package is to be downloaded: this provider is handed on alone.
      const provider = Object.assign(Object.create(pulumi.ProviderResource.prototype), { pkg: "random" });
      group("group", {}, (parent) => {
        const theirs = { parent, provider };
        plain("a", { triggers: [${round}] }, theirs);
        plain("b", {}, { ...theirs, providers: { random: provider } });
      });`,
    starts: [["a", "b"], ["a"]],
  },
  {
    name: "a TaskRun with customTimeouts and a version",
    program: (round) =>
      `plain("a", { triggers: [${round}] }, { customTimeouts: { create: "5m", update: "5m", delete: "1m" } });`,
    starts: [["a"], ["a"]],
  },
];
