import assert from "node:assert/strict";
import { countsByPlace } from "../../scripts/figures/counts";
import { mutationScore } from "../../scripts/figures/mutation";
import { shortfalls, violations } from "../../scripts/figures/requirements";
import type { Findings } from "../../scripts/figures/findings";

const lines = [
  { where: "the fault matrix", faults: 9_000, doubleStarts: 0, lostRuns: 0 },
  {
    where: "the model",
    faults: 2_000,
    modelSequences: 7,
    modelCommands: 70,
    doubleStarts: 0,
    lostRuns: 0,
  },
  { where: "the dynamic host, killed", hostKills: 200, doubleStarts: 0, lostRuns: 0 },
  { where: "the dynamic host", faults: 300, doubleStarts: 0, lostRuns: 0 },
  { where: "the native plugin, killed", hostKills: 200, doubleStarts: 0, lostRuns: 0 },
  { where: "the native plugin", faults: 300, doubleStarts: 0, lostRuns: 0 },
  { where: "the real CLI", cliKills: 40, doubleStarts: 0, lostRuns: 0 },
];

/** Findings that meet all requirements, except for the changes of a test. */
function findings(changed: Partial<Findings> = {}, counted: readonly object[] = lines): Findings {
  return {
    counts: countsByPlace(counted.map((line) => JSON.stringify(line)).join("\n")),
    mutation: { detected: 90, valid: 100, percent: 90 },
    comparison: [
      { candidate: "pulumi-apify", doubleStarts: 0, lost: 0, right: 18, cases: 18 },
      { candidate: "another", doubleStarts: 6, lost: 8, right: 9, cases: 18 },
    ],
    ...changed,
  };
}

/** The same lines, with other counts in one of them. */
function withCounts(where: string, counts: object): readonly object[] {
  return lines.map((line) => (line.where === where ? { ...line, ...counts } : line));
}

describe("the figures", () => {
  it("add up the counts of each place separately", () => {
    const { counts } = findings();
    assert.deepEqual(
      [counts["in process"].faults, counts["dynamic host"].faults, counts["real CLI"].kills],
      [11_000, 300, 40],
    );
    const { faults, kills } = counts["native plugin"];
    assert.deepEqual([faults, kills], [300, 200]);
    assert.deepEqual([counts["in process"].sequences, counts["in process"].commands], [7, 70]);
  });

  it("refuse counts of an unknown place", () => {
    assert.throws(() => findings({}, [{ where: "elsewhere" }]), /elsewhere/);
  });

  it("are good if all requirements are met", () => {
    assert.deepEqual(violations(findings()), []);
    assert.deepEqual(shortfalls(findings()), []);
  });

  it("are bad if a run was started twice or lost anywhere", () => {
    const broken = [
      ...violations(findings({}, withCounts("the model", { doubleStarts: 1 }))),
      ...violations(findings({}, withCounts("the real CLI", { lostRuns: 1 }))),
    ];
    assert.deepEqual(broken, ["in process: a run was started twice", "real CLI: a run was lost"]);
  });

  it("are bad if a task was created twice, lost or overwritten anywhere", () => {
    const broken = [
      ...violations(findings({}, withCounts("the model", { doubleCreates: 1, lostTasks: 2 }))),
      ...violations(findings({}, withCounts("the dynamic host", { overwrittenTasks: 1 }))),
    ];
    assert.deepEqual(broken, [
      "in process: a task was created twice",
      "in process: a task was lost",
      "dynamic host: a task of somebody else was overwritten",
    ]);
  });

  it("are bad if a place counted nothing", () => {
    const rest = lines.filter(({ where }) => !where.startsWith("the native plugin"));
    assert.deepEqual(violations(findings({}, rest)), ["native plugin: nothing was counted"]);
  });

  it("are bad if the mutation score is too low or missing", () => {
    const low = { detected: 899, valid: 1000, percent: 89.9 };
    assert.deepEqual(violations(findings({ mutation: low })), ["the mutation score is below 90 %"]);
    assert.deepEqual(violations(findings({ mutation: undefined })), [
      "the mutation test wrote no report",
    ]);
  });

  it("are bad if this package has a wrong result in the comparison", () => {
    const [own, other] = findings().comparison;
    assert.ok(own !== undefined && other !== undefined);
    const comparison = [{ ...own, right: 17 }, other];
    assert.deepEqual(violations(findings({ comparison })), [
      "the comparison: this package does not have every result",
    ]);
  });

  it("say which amounts are missing", () => {
    const few = withCounts("the fault matrix", { faults: 7_999 });
    assert.deepEqual(shortfalls(findings({}, few)), ["in process: fewer than 10000 faults"]);
    const fewer = withCounts("the native plugin, killed", { hostKills: 199 });
    assert.deepEqual(shortfalls(findings({}, fewer)), ["native plugin: fewer than 200 kills"]);
  });

  it("count a mutant that made a test hang as detected, and one that no test ran as not", () => {
    const mutants = ["Killed", "Timeout", "Survived", "NoCoverage", "CompileError", "Ignored"];
    const report = { files: { "a.ts": { mutants: mutants.map((status) => ({ status })) } } };
    assert.deepEqual(mutationScore(JSON.stringify(report)), { detected: 2, valid: 4, percent: 50 });
  });
});
