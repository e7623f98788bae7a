import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Run } from "../../emulator";
import type { Narrator } from "./narrator";
import type { Stage } from "./stage";

/** Deploys, redeploys and breaks two stacks, tells what is to be seen, and rejects where it is not so. */
export async function tellStory(
  stage: Stage,
  { part, tell, show, checked }: Narrator,
): Promise<void> {
  const { emulator, pulumi } = stage;
  const runs = (): readonly Run[] => emulator.runs();

  part("1. Run a task with `pulumi up`");
  tell("The program examples/quickstart declares one run of the task `inventory`:");
  show(...taskRunIn(join(stage.projectFolder("quickstart"), "index.ts")));
  tell(
    "The task's Actor reads name, version, license and size of npm packages that are installed here, and writes them to a dataset. Between two packages it pauses for some seconds: watch the row of `inventory`, which shows what the Actor says about its progress. (A stack, here `dev`, is one deployment of a program.)",
  );
  await pulumi("quickstart", "stack init dev");
  await pulumi("quickstart", "up --yes --skip-preview");
  expect(
    runs()
      .map(({ status }) => status)
      .join() === "SUCCEEDED",
    "one run succeeded",
  );
  const firstDataset = newest(runs()).defaultDatasetId;
  expect(emulator.dataset(firstDataset).length === 3, "the run found 3 packages");
  tell(
    "`up` started the run, waited for it, and has the ids of the run and of its dataset as outputs. Whatever comes next in a program, another task or a database, can depend on them.",
  );
  checked("The local Apify has one run, SUCCEEDED, with 3 items in its dataset.");

  part("2. Use the data in another stack");
  tell(
    "The program examples/consumer reads the output `datasetId` of the first stack, fetches the items, and sums them up:",
  );
  await pulumi("consumer", "stack init dev");
  await pulumi("consumer", "up --yes --skip-preview");
  tell(
    "`summary` is what this program makes of the items. From the first stack it needed only the id of the dataset, and it always gets that of the last good run.",
  );

  part("3. Deploy again: nothing changed, so nothing runs");
  tell("Runs cost money at Apify. A second `up` must not start a second one:");
  emulator.clearRequests();
  await pulumi("quickstart", "up --yes --skip-preview");
  expect(emulator.writes().length === 0, "Apify was asked for no change");
  checked("`2 unchanged`: the local Apify got no request that would change anything.");

  part("4. A change that goes wrong: the last good data stays");
  tell(
    "Somebody replaces the program's default list of packages with a list of one, and mistypes its name:",
  );
  await pulumi("quickstart", "config set --path 'packages[0]' axois");
  tell("`preview` tells what an `up` would do, and starts nothing:");
  await pulumi("quickstart", "preview");
  expect(runs().length === 1, "a preview starts nothing");
  tell(
    "`replace [diff: ~input]`: the task would run again, because its input has changed (`~`). Pulumi calls a new run a replacement, and would take the old one out of its state only once the new one has succeeded. `delete original` is about that: the finished run and its data stay at Apify.",
    "The package is not there, so this run is going to fail. Pulumi will say `2 errored`, the run and the stack that it belongs to, and mark outputs with `-`. Nothing is lost by that:",
  );
  await pulumi("quickstart", "up --yes --skip-preview", "fails");
  expect(newest(runs()).status === "FAILED", "the second run failed");
  tell(
    "The deployment failed. The error names the run, and shows the end of its log, which has the reason. The stack still holds the first run:",
  );
  await pulumi("quickstart", "stack output");
  expect(emulator.dataset(firstDataset).length === 3, "the data of the first run is still there");
  emulator.clearRequests();
  await pulumi("consumer", "up --yes --skip-preview --expect-no-changes");
  checked("Outputs, dataset and the second stack are as they were before the failure.");

  part("5. The change put right: the task runs again, and the data moves on");
  tell("A package that is there, in the place of the mistyped one:");
  await pulumi("quickstart", "config set --path 'packages[0]' mocha");
  await pulumi("quickstart", "up --yes --skip-preview");
  expect(runs().length === 3 && newest(runs()).status === "SUCCEEDED", "one more run succeeded");
  tell("The outputs now name the new run and its dataset, and the second stack follows:");
  await pulumi("consumer", "up --yes --skip-preview");
  checked("One change, one more good run. The dataset of the first run still exists.");
}

/** Removes both stacks' resources. */
export async function destroyStacks(
  { emulator, pulumi }: Stage,
  { part, tell, checked }: Narrator,
): Promise<void> {
  part("6. Destroy");
  tell(
    "`destroy` would stop a run that is still going. Finished runs and their data stay at Apify (the argument `onDelete` can change both):",
  );
  await pulumi("consumer", "destroy --yes --skip-preview");
  await pulumi("quickstart", "destroy --yes --skip-preview");
  expect(emulator.liveRuns().length === 0, "no run is left going");
  checked("No run is left going.");
}

/** The lines of a program that declare its TaskRun. */
function taskRunIn(file: string): readonly string[] {
  const declaration = /^const \w+ = new apify\.TaskRun\([^]*?^\}\);$/m.exec(
    readFileSync(file, "utf8"),
  );
  expect(declaration !== null, `${file} declares a TaskRun`);
  return declaration[0].split("\n").map((line) => `    ${line}`);
}

function newest(runs: readonly Run[]): Run {
  const run = runs.at(-1);
  expect(run !== undefined, "there is a run");
  return run;
}

function expect(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(`The demo expected that ${what}, and it is not so.`);
}
