import assert from "node:assert/strict";
import { allChecks } from "../../../scripts/smoke/checks";
import { openSmokeWorld } from "./support/smokeWorld";
import { wrongAnswers } from "./support/wrongAnswers";
import type { Wrong } from "./support/alterations";

async function outcomeWith(id: string, breakApify: Wrong): Promise<string> {
  const { emulator, smoke } = await openSmokeWorld();
  try {
    breakApify(emulator);
    const { verdicts } = await smoke({ only: [id] });
    const verdict = verdicts.get(id);
    return `${verdict?.outcome} ${verdict?.outcome === "notChecked" ? verdict.words : ""}`.trimEnd();
  } finally {
    await emulator.close();
  }
}

describe("an Apify that breaks an assumption is noticed by the check", () => {
  it("that each check has at least one wrong Apify for", () => {
    assert.deepEqual(Object.keys(wrongAnswers).sort(), allChecks.map(({ id }) => id).sort());
  });

  for (const [id, wrongs] of Object.entries(wrongAnswers)) {
    it(id, async () => {
      for (const [index, wrong] of wrongs.entries()) {
        assert.equal(await outcomeWith(id, wrong), "doesNotHold", `${id}, number ${index + 1}`);
      }
    });
  }
});
