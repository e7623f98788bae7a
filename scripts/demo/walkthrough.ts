import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Run } from "../../emulator";
import type { DemoEnvironment } from "./environment";
import type { Printer } from "./printer";

/** Deploys, changes and breaks two stacks, with explanations; rejects if one of them is not true. */
export async function walkThrough(
  environment: DemoEnvironment,
  { heading, text, lines, check }: Printer,
): Promise<void> {
  const { emulator, pulumi } = environment;
  const runs = (): readonly Run[] => emulator.runs();

  heading("1. Create a task and run it with `pulumi up`");
  text("The program examples/quickstart declares a task, and one run of it:");
  lines(...declarationsIn(join(environment.projectFolder("quickstart"), "index.ts")));
  text(
    "`fingerprint` is a hash of what the task runs: its Actor, input and options. When it changes, the task runs again. The Actor reads name, version, license and size of npm packages that are installed here, and writes them to a dataset. It pauses for a few seconds between packages: watch the row of the TaskRun, which shows the progress that the Actor reports. (A stack, here `dev`, is one deployment of a program.)",
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
  text(
    "`up` created the task, started the run, waited for it, and has the ids of the run and of its dataset as outputs. Whatever comes next in a program, another task or a database, can depend on them.",
  );
  expect((await createdTasks(environment)).length === 1, "one task was created");
  check(
    "The local Apify has a new task and one run of it, SUCCEEDED, with 3 items in its dataset.",
  );

  heading("2. Use the data in another stack");
  text(
    "The program examples/consumer reads the output `datasetId` of the first stack, fetches the items, and sums them up:",
  );
  await pulumi("consumer", "stack init dev");
  await pulumi("consumer", "up --yes --skip-preview");
  text(
    "`summary` is what this program computes from the items. It needs only the id of the dataset from the first stack, and always gets that of the last good run.",
  );

  heading("3. Deploy again: nothing changed, so nothing runs");
  text("Runs cost money at Apify. A second `up` must not start a second one:");
  emulator.clearRequests();
  await pulumi("quickstart", "up --yes --skip-preview");
  expect(emulator.writes().length === 0, "the local Apify got no request for a change");
  check("`3 unchanged`: the local Apify got no request that would change anything.");

  heading("4. A change that goes wrong: the last good data stays");
  text(
    "Somebody replaces the program's default list of packages with a list of one, and mistypes its name:",
  );
  await pulumi("quickstart", "config set --path 'packages[0]' axois");
  text("`preview` shows what `up` would do, and starts nothing:");
  await pulumi("quickstart", "preview");
  expect(runs().length === 1, "a preview starts nothing");
  text(
    "`update [diff: ~fingerprint,input]`: the input of the task would change (`~`). `replace [diff: ~triggers]`: so would its fingerprint, and therefore the task would run again. Pulumi calls a new run a replacement, and would take the old one out of its state only once the new one has succeeded. `delete original` means just that: the finished run and its data stay at Apify.",
    "The package does not exist, so this run is going to fail. Pulumi will print `2 errored` (the run and its stack) and mark outputs with `-`. Nothing is lost:",
  );
  await pulumi("quickstart", "up --yes --skip-preview", "fails");
  expect(newest(runs()).status === "FAILED", "the second run failed");
  text(
    "The task has its new input, but the deployment failed. The error names the run, and shows the end of its log with the reason. The stack still holds the first run:",
  );
  await pulumi("quickstart", "stack output");
  expect(emulator.dataset(firstDataset).length === 3, "the data of the first run still exists");
  emulator.clearRequests();
  await pulumi("consumer", "up --yes --skip-preview --expect-no-changes");
  check("Outputs, dataset and the second stack are as they were before the failure.");

  heading("5. The change corrected: the task runs again, and the data is updated");
  text("An existing package replaces the mistyped one:");
  await pulumi("quickstart", "config set --path 'packages[0]' mocha");
  await pulumi("quickstart", "up --yes --skip-preview");
  expect(runs().length === 3 && newest(runs()).status === "SUCCEEDED", "one more run succeeded");
  text("The outputs now name the new run and its dataset, and the second stack follows:");
  await pulumi("consumer", "up --yes --skip-preview");
  check("One change, one more good run. The dataset of the first run still exists.");
}

/** Destroys both stacks. */
export async function destroyStacks(
  environment: DemoEnvironment,
  { heading, text, check }: Printer,
): Promise<void> {
  const { emulator, pulumi } = environment;
  heading("6. Destroy");
  text(
    "`destroy` would abort a run that is still going. Finished runs and their data stay at Apify (the argument `onDelete` can change both), and the task is deleted:",
  );
  await pulumi("consumer", "destroy --yes --skip-preview");
  await pulumi("quickstart", "destroy --yes --skip-preview");
  expect(emulator.liveRuns().length === 0, "no run is left");
  expect((await createdTasks(environment)).length === 0, "the task was deleted");
  check("No run is still running, and the task is gone.");
}

/** The lines of a program that declare its resources. */
function declarationsIn(file: string): readonly string[] {
  const declarations = readFileSync(file, "utf8").match(
    /^const \w+ = new apify\.\w+\([^]*?^\}\);$/gm,
  );
  expect(declarations?.length === 2, `${file} declares a task and a run`);
  return declarations
    .join("\n\n")
    .split("\n")
    .map((line) => (line === "" ? "" : `    ${line}`));
}

/** The tasks that the programs created. */
async function createdTasks(environment: DemoEnvironment): Promise<readonly string[]> {
  const response = await fetch(`${environment.emulator.url}/v2/actor-tasks`, {
    headers: { Authorization: `Bearer ${environment.settings.APIFY_TOKEN ?? ""}` },
  });
  const { data } = (await response.json()) as { data: { items: { name: string }[] } };
  return data.items.map(({ name }) => name).filter((name) => name.startsWith("inventory-"));
}

function newest(runs: readonly Run[]): Run {
  const run = runs.at(-1);
  expect(run !== undefined, "there is a run");
  return run;
}

function expect(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(`The demo expected that ${what}, but this is not true.`);
}
