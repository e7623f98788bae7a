import type { DemoEnvironment } from "./environment";
import type { Printer } from "./printer";

/** Prints commands for a second terminal, with which the user can look at the stacks. */
export function inviteToLookAround(
  environment: DemoEnvironment,
  binFolder: string,
  { heading, text, lines }: Printer,
): void {
  const exported = Object.entries(environment.settings).map(
    ([name, value]) => `export ${name}=${quoted(value)}`,
  );
  heading("Look around");
  text(
    "Both stacks are deployed, and the local Apify goes on until you press ^C here. In a second terminal, paste these lines:",
  );
  lines(
    ...exported,
    `export PATH=${quoted(binFolder)}:"$PATH"`,
    `cd ${quoted(environment.projectFolder("quickstart"))}`,
  );
  text(
    `See the runs, their logs and their data in a browser: ${environment.emulator.url}. The outputs of the stack, and the data as CSV:`,
  );
  lines(
    "pulumi stack output",
    `curl -s -H "Authorization: Bearer $APIFY_TOKEN" "$APIFY_API_BASE_URL/v2/datasets/$(pulumi stack output datasetId)/items?format=csv"`,
  );
  text("Change the input, see why the task would run again, and run it:");
  lines(
    "pulumi config set --path 'packages[1]' zod",
    "pulumi preview",
    "pulumi up --yes --skip-preview",
  );
  text("Update the second stack with the new data:");
  lines("pulumi -C ../consumer up --yes --skip-preview");
  text("Press ^C here to go on: both stacks are destroyed, and the local Apify ends.");
}

/** A text, quoted for a shell. */
export function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
