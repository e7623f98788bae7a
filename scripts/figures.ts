import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { countsByPlace } from "./figures/counts";
import { brokenPromises, missingAmounts } from "./figures/demands";
import { lastMutationScore } from "./figures/mutation";
import { figureSteps, type Collection } from "./figures/steps";
import { figuresTable } from "./figures/table";
import { runSteps } from "./testing/runSteps";

/** Counts how often things went wrong and what came of it; fails when it is too much or too little. */
async function figures(amount: Collection["amount"]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-apify-figures-"));
  const collection: Collection = { file: join(folder, "figures"), amount, comparison: [] };
  try {
    const { failed } = await runSteps(figureSteps(collection));
    const lines = existsSync(collection.file) ? readFileSync(collection.file, "utf8") : "";
    const findings = {
      counts: countsByPlace(lines),
      mutation: lastMutationScore(),
      comparison: collection.comparison,
    };
    console.log(`\n${figuresTable(findings)}\n`);
    const problems = [
      ...(failed === 0 ? [] : ["a step failed"]),
      ...brokenPromises(findings),
      ...(amount === "full" ? missingAmounts(findings) : []),
    ];
    for (const problem of problems) console.log(`✖ ${problem}`);
    if (problems.length > 0) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

figures(process.argv.includes("--quick") ? "quick" : "full").catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
