import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compare } from "./compare/compare";
import { summarise, summaryTable, tableOf } from "./compare/report";
import { root } from "./testing/tool";

const peers = ["apify-client", "axios", "axios-retry"];

/** Prints how this package and its alternatives handle one wanted run when something goes wrong. */
async function main(): Promise<void> {
  const results = await compare();
  console.log(`One run is wanted, and one thing goes wrong. All candidates use the same local Apify, over sockets
and in virtual time: every pause and timeout has the default length of its library. A run is lost if
its id is neither in the returned value nor in the error as Node prints it.
Compared with this package: ${peers.map(withVersion).join(", ")}.
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
