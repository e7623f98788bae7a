import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compare } from "./compare/compare";
import { summarise, summaryTable, tableOf } from "./compare/report";
import { root } from "./testing/tool";

const peers = ["apify-client", "axios", "axios-retry"];

/** Prints what becomes of one wanted run, with this package and with what else one may use. */
async function main(): Promise<void> {
  const results = await compare();
  console.log(`One run is wanted, and one thing goes wrong. All play against the same local Apify, over
sockets and in virtual time: every pause and time-out is as long as its library makes it by default.
A run is lost when its id is neither in what was returned nor in the error as Node prints it.
Beside this package: ${peers.map(withVersion).join(", ")}.
`);
  console.log(tableOf(results));
  console.log(`\n${summaryTable(summarise(results))}`);
}

function withVersion(name: string): string {
  const file = join(root, "node_modules", name, "package.json");
  const { version } = JSON.parse(readFileSync(file, "utf8")) as { version: string };
  return `${name} ${version}`;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
