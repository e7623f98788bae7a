import type { Narrator } from "./narrator";
import type { Stage } from "./stage";

/** Says how to look at the stacks, in commands that a second terminal takes as they are. */
export function inviteToLookAround(
  stage: Stage,
  binFolder: string,
  { part, tell, show }: Narrator,
): void {
  const exported = Object.entries(stage.settings).map(
    ([name, value]) => `export ${name}=${quoted(value)}`,
  );
  part("Look around");
  tell(
    "Both stacks are deployed, and the local Apify goes on until you press ^C here. In a second terminal, paste these lines:",
  );
  show(
    ...exported,
    `export PATH=${quoted(binFolder)}:"$PATH"`,
    `cd ${quoted(stage.projectFolder("quickstart"))}`,
  );
  tell("Then any of these. What the stack holds, the data, and the log of the run:");
  show(
    "pulumi stack output",
    fromApify("datasets/$(pulumi stack output datasetId)/items?format=csv"),
    fromApify("logs/$(pulumi stack output runId)"),
  );
  tell("A change of the input, why the task would run again because of it, and the run:");
  show(
    "pulumi config set --path 'packages[1]' zod",
    "pulumi preview",
    "pulumi up --yes --skip-preview",
  );
  tell("What the second stack makes of the new data:");
  show("pulumi -C ../consumer up --yes --skip-preview");
  tell("Press ^C here to go on: both stacks are destroyed, and the local Apify ends.");
}

function fromApify(path: string): string {
  return `curl -s -H "Authorization: Bearer $APIFY_TOKEN" "$APIFY_API_BASE_URL/v2/${path}"`;
}

/** A text as one word of a shell. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
