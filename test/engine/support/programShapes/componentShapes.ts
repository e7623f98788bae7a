import assert from "node:assert/strict";
import type { Shape } from "./shape";

/** Components, and what is in them. */
export const componentShapes: readonly Shape[] = [
  {
    name: "a component with two children",
    program: (round) => `
      group("group", {}, (parent) => {
        plain("a", { triggers: [${round}] }, { parent });
        plain("b", {}, { parent });
      });`,
    starts: [["a", "b"], ["a"]],
  },
  {
    name: "a component in which a sibling reads its sibling",
    program: (round) => `
      let b;
      group("group", {}, (parent) => {
        const a = plain("a", { triggers: [${round}] }, { parent });
        b = run("b", { from: a.defaultDatasetId }, { parent });
      });
      return { from: b.run.apply(({ id }) => id) };`,
    starts: [
      ["a", "b"],
      ["a", "b"],
    ],
    dependencies: { b: ["a"] },
    holds: ({ emulator, run, outputs }) => {
      assert.equal(outputs.from, run("b").id);
      const input = emulator.record(run("b").defaultKeyValueStoreId, "INPUT") as { from: string };
      assert.equal(input.from, run("a").defaultDatasetId);
    },
  },
  {
    name: "a component in which a sibling has dependsOn its sibling",
    program: (round) => `
      group("group", {}, (parent) => {
        const a = plain("a", {}, { parent });
        plain("b", { triggers: [${round}] }, { parent, dependsOn: a });
      });`,
    starts: [["a", "b"], ["b"]],
    dependencies: { b: ["a"] },
    holds: ({ run }) => {
      assert.ok((run("a").finishedAt ?? "?") <= run("b").startedAt);
    },
  },
  {
    name: "a nested component whose TaskRun reads the outer one's",
    program: (round) => `
      group("outer", {}, (parent) => {
        const a = plain("a", { triggers: [${round}] }, { parent });
        group("inner", { parent }, (inner) => {
          run("b", { from: a.runId }, { parent: inner });
          plain("c", {}, { parent: inner });
        });
      });`,
    starts: [
      ["a", "b", "c"],
      ["a", "b"],
    ],
    dependencies: { b: ["a"] },
  },
  {
    name: "a component whose TaskRuns are each other's neighbours, three levels deep and in a loop",
    program: (round) => `
      group("one", {}, (one) => {
        group("two", { parent: one }, (two) => {
          group("three", { parent: two }, (three) => {
            for (const each of ["a", "b", "c"]) {
              plain(each, { triggers: [each === "b" ? ${round} : 1] }, { parent: three });
            }
          });
        });
      });`,
    starts: [["a", "b", "c"], ["b"]],
  },
  {
    name: "a TaskRun that is moved into a component, with an alias",
    program: (round) =>
      round === 1
        ? `plain("a"); plain("b");`
        : `group("group", {}, (parent) => {
             plain("a", {}, { parent, aliases: [{ parent: pulumi.rootStackResource }] });
             plain("b", {}, { parent, aliases: [{ parent: pulumi.rootStackResource }] });
           });`,
    starts: [["a", "b"], []],
  },
  {
    name: "a component that is renamed, with an alias",
    program: (round) => `
      group("group-${round}", { aliases: [{ name: name("group-1") }] }, (parent) => {
        plain("a", {}, { parent });
        plain("b", {}, { parent });
      });`,
    starts: [["a", "b"], []],
  },
  {
    name: "a TaskRun that gets another parent, with an alias",
    program: (round) => `
      const first = group("first");
      const second = group("second");
      plain("a", {}, ${round === 1 ? "{ parent: first }" : "{ parent: second, aliases: [{ parent: first }] }"});
      plain("b", {}, { parent: second });`,
    starts: [["a", "b"], []],
  },
  {
    name: "a component with two TaskRun.get",
    program: (round) => `
      const source = plain("source", { triggers: [${round}] });
      let got;
      group("group", {}, (parent) => {
        got = ["x", "y"].map((each) => apify.TaskRun.get(name(each), source.runId, { parent }));
      });
      return { x: got[0].defaultDatasetId, y: got[1].status, source: source.defaultDatasetId };`,
    starts: [["source"], ["source"]],
    holds: ({ outputs, run }) => {
      const { defaultDatasetId } = run("source");
      assert.deepEqual(outputs, { x: defaultDatasetId, y: "SUCCEEDED", source: defaultDatasetId });
    },
  },
  {
    name: "a TaskRun that has dependsOn a whole component, and a component that has it on a TaskRun",
    program: (round) => `
      const first = group("first", {}, (parent) => {
        plain("a", { triggers: [${round}] }, { parent });
        plain("b", {}, { parent });
      });
      const c = plain("c", {}, { dependsOn: first });
      group("last", { dependsOn: [c] }, (parent) => {
        plain("d", {}, { parent, dependsOn: [c] });
      });`,
    starts: [["a", "b", "c", "d"], ["a"]],
    dependencies: { c: ["a", "b"], d: ["c"] },
  },
  {
    name: "a component that gets an output of a TaskRun beside it",
    program: (round) => `
      const a = plain("a", { triggers: [${round}] });
      group("group", {}, (parent) => {
        run("b", { from: a.defaultDatasetId }, { parent });
        run("c", { from: a.defaultKeyValueStoreId }, { parent });
      });`,
    starts: [
      ["a", "b", "c"],
      ["a", "b", "c"],
    ],
    dependencies: { b: ["a"], c: ["a"] },
  },
  {
    name: "a TaskRun whose parent is a TaskRun",
    program: (round) => `
      const a = plain("a", {});
      plain("b", { triggers: [${round}] }, { parent: a });
      run("c", { from: a.runId }, { parent: a });`,
    starts: [["a", "b", "c"], ["b"]],
    dependencies: { c: ["a"] },
  },
];
