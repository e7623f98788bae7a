import { describeEngine } from "../support/describeEngine";
import { commandScenarios } from "./commandScenarios";
import { rows } from "./table";
import type { CommandScenario } from "./scenario";
import type { RowName } from "./table";

const title = "what the next up does, when commands of their own show it:";

describeEngine(title, { sandboxPer: "test" }, (sandbox) => {
  for (const [row, expectNext] of Object.entries<CommandScenario>(commandScenarios)) {
    it(`${row}: ${rows[row as RowName].next}`, () => expectNext(sandbox));
  }
});
