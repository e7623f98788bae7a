import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import type { CommandResult, Project } from "./project";

const environment = z.record(z.string(), z.string()).default({});

const workflowSchema = z.object({
  on: z.object({
    schedule: z.array(z.object({ cron: z.string() })),
    workflow_dispatch: z.unknown(),
  }),
  env: environment,
  jobs: z.record(
    z.string(),
    z.object({
      steps: z.array(
        z.object({
          name: z.string().optional(),
          id: z.string().optional(),
          if: z.string().optional(),
          uses: z.string().optional(),
          run: z.string().optional(),
          env: environment,
        }),
      ),
    }),
  ),
});

/** A workflow of GitHub Actions, as far as the tests know them. */
export type Workflow = z.output<typeof workflowSchema>;

type Step = Workflow["jobs"][string]["steps"][number];

/** What each step with a script did, by its name; a step that its `if` skipped is not there. */
export type Ran = ReadonlyMap<string, CommandResult>;

/** Reads a workflow file. */
export function readWorkflow(path: string): Workflow {
  return workflowSchema.parse(parse(readFileSync(path, "utf8")));
}

/** Runs the scripts of a workflow's job in order, as they stand, and ends at the first that fails, as GitHub does. */
export async function runJob(
  project: Project,
  { env, jobs }: Workflow,
  {
    job,
    secrets,
  }: {
    readonly job: string;
    readonly secrets: Readonly<Record<string, string>>;
  },
): Promise<Ran> {
  const ran = new Map<string, CommandResult>();
  const outputs = new Map<string, string>();
  for (const step of jobs[job]?.steps ?? []) {
    if (step.run === undefined || !isWanted(step, outputs)) continue;
    const given = withSecrets({ ...env, ...step.env }, secrets);
    const result = await withOutputFile((file) =>
      project.shell(step.run ?? "", {
        ...given,
        GITHUB_OUTPUT: file,
        GITHUB_STEP_SUMMARY: "/dev/null",
      }),
    );
    for (const [, name, value] of result.written.matchAll(/^(\w+)=(.*)$/gm)) {
      outputs.set(`steps.${step.id ?? ""}.outputs.${name ?? ""}`, value ?? "");
    }
    ran.set(step.name ?? step.run, result);
    if (result.code !== 0) break;
  }
  return ran;
}

async function withOutputFile<T>(
  run: (file: string) => Promise<T>,
): Promise<T & { readonly written: string }> {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-apify-test-"));
  const file = join(folder, "output");
  writeFileSync(file, "");
  try {
    const result = await run(file);
    return { ...result, written: readFileSync(file, "utf8") };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Knows comparisons of an output with a text, and no other condition. */
function isWanted({ if: condition }: Step, outputs: ReadonlyMap<string, string>): boolean {
  if (condition === undefined) return true;
  const [, output, text] = /^(steps\.\w+\.outputs\.\w+) == '(.*)'$/.exec(condition) ?? [];
  if (output === undefined) throw new Error(`The test cannot tell whether ${condition}.`);
  return (outputs.get(output) ?? "") === text;
}

/** A secret that is not set is an empty text, as at GitHub. */
function withSecrets(
  env: Readonly<Record<string, string>>,
  secrets: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) => [
      name,
      value.replace(/\$\{\{ secrets\.(\w+) \}\}/g, (_, secret: string) => secrets[secret] ?? ""),
    ]),
  );
}
