import { faultAnswers } from "../../../../emulator";
import { parallelUp, refresh, up } from "./commands";
import { forbidden } from "./faults";
import { faultOccurs, runDeleted, runEnds, runResurrected, timePasses } from "./events";
import type { EmulatorSettings } from "../../../../emulator";
import type { Step } from "./step";

const { htmlPage } = faultAnswers;

/** A sequence that once failed. */
export interface Regression {
  readonly title: string;
  readonly settings: Partial<EmulatorSettings>;
  readonly steps: readonly Step[];
}

/** The sequences that once failed, each as small as it could be made. */
export const regressions: readonly Regression[] = [
  {
    title: "does not take a new run for one that is gone when a refresh cannot see it yet",
    settings: { readLagReads: 3 },
    steps: [
      up({ stack: "dev", trouble: { how: "interrupt", afterMillis: 0 } }),
      refresh("dev"),
      runEnds(0, "SUCCEEDED"),
      up({ stack: "dev" }),
    ],
  },
  {
    title: "does not stop a run that was taken over from its own predecessor before a kill",
    settings: {},
    steps: [
      up({ stack: "dev", edit: { what: "waitSecs", of: "prices", waitSecs: 0 } }),
      runEnds(0, "FAILED"),
      refresh("dev"),
      runResurrected(0),
      up({
        stack: "dev",
        edit: { what: "input", of: "stock", query: 1 },
        trouble: { how: "kill", afterMillis: 5_000 },
      }),
      up({ stack: "dev" }),
    ],
  },
  {
    title: "leaves no read behind when another one of the same look fails",
    settings: { listedMeta: "origin" },
    steps: [
      parallelUp(undefined, {}, { afterMillis: 0, status: "SUCCEEDED" }),
      faultOccurs({ endpoint: "getRun", fault: htmlPage(502, "done"), times: 1 }),
      faultOccurs({ endpoint: "any", fault: forbidden, times: 2, skip: 1 }),
      parallelUp({ what: "input", of: "prices", query: 0 }, {}),
    ],
  },
  {
    title: "allows for a run that ends while a refresh waits for another one",
    settings: { listLagMillis: 10_000 },
    steps: [
      parallelUp(
        { what: "input", of: "prices", query: 0 },
        { prod: { how: "kill", afterMillis: 10_001 } },
        { afterMillis: 10_002, status: "SUCCEEDED" },
      ),
      up({ stack: "prod", edit: { what: "input", of: "prices", query: 0 } }),
      up({ stack: "dev" }, { afterMillis: 0, status: "SUCCEEDED" }),
      runDeleted(0),
      runResurrected(17),
      refresh("prod"),
      up({ stack: "dev", edit: { what: "build", of: "prices", build: "latest" } }),
      timePasses(83),
      runResurrected(0),
      runDeleted(7),
      timePasses(52),
      refresh("prod"),
    ],
  },
];
