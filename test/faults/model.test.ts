import * as fc from "fast-check";
import { amount, chosenSeed, printFigures } from "../support/figures";
import { behaviours, sequences } from "./support/model/arbitraries";
import { counts } from "./support/model/invariants";
import { play, played } from "./support/model/play";
import { regressions } from "./support/model/regressions";
import { made } from "./support/model/step";

describe("the model", () => {
  after(() => {
    printFigures("the model", {
      modelSequences: played.sequences,
      modelCommands: made.steps,
      faults: played.faults,
      ...counts,
    });
  });

  for (const { title, settings, steps } of regressions) {
    it(title, () => play(settings, steps));
  }

  it("agrees with what happens, whatever is done and whatever goes wrong", async () => {
    const seed = chosenSeed();
    const { PULUMI_APIFY_PATH: path, PULUMI_APIFY_REPLAY_PATH: replayPath } = process.env;
    console.log(`      seed ${seed}: set PULUMI_APIFY_SEED to repeat it`);
    await fc.assert(fc.asyncProperty(behaviours, sequences(50, replayPath), play), {
      seed,
      numRuns: amount({ quick: 60, full: 2_000 }),
      ...(path === undefined ? {} : { path }),
    });
  });
});
