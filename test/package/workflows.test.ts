import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { root } from "./support/checkout";
import { openKnownCommands } from "./support/knownCommands";
import { textOf } from "./support/pages";
import { commandsIn } from "./support/shellWords";
import type { ProblemOf } from "./support/knownCommands";

const permissions = z.record(z.string(), z.enum(["read", "write", "none"]));
const texts = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

/** What a workflow may consist of here: another key, such as a misspelled one, is an error. */
const workflowSchema = z.strictObject({
  name: z.string(),
  on: z.strictObject({
    push: z
      .strictObject({
        branches: z.array(z.string()).optional(),
        tags: z.array(z.string()).optional(),
      })
      .optional(),
    pull_request: z.null().optional(),
    schedule: z.array(z.strictObject({ cron: z.string() })).optional(),
    workflow_dispatch: z.null().optional(),
  }),
  permissions,
  concurrency: z.strictObject({ group: z.string(), "cancel-in-progress": z.boolean() }),
  env: texts.optional(),
  defaults: z.strictObject({ run: z.strictObject({ shell: z.string() }) }).optional(),
  jobs: z.record(
    z.string(),
    z.strictObject({
      name: z.string().optional(),
      needs: z.string().optional(),
      environment: z.string().optional(),
      "runs-on": z.string(),
      "timeout-minutes": z.number(),
      permissions: permissions.optional(),
      strategy: z
        .strictObject({
          "fail-fast": z.literal(false),
          matrix: z.record(z.string(), z.array(z.union([z.string(), z.number()]))),
        })
        .optional(),
      env: texts.optional(),
      steps: z.array(
        z.strictObject({
          name: z.string().optional(),
          id: z.string().optional(),
          if: z.string().optional(),
          uses: z.string().optional(),
          with: texts.optional(),
          run: z.string().optional(),
          env: texts.optional(),
        }),
      ),
    }),
  ),
});

type Job = z.output<typeof workflowSchema>["jobs"][string];

const own = ".github/workflows";
const workflows = [own, `examples/github-actions/${own}`].flatMap((folder) =>
  readdirSync(join(root, folder)).map((file) => `${folder}/${file}`),
);

function jobsOf(path: string): readonly (readonly [string, Job])[] {
  const { jobs } = workflowSchema.parse(parse(textOf(path)));
  return Object.entries(jobs).map(([name, job]) => [`${path}: ${name}`, job] as const);
}

describe("the workflows of GitHub Actions", () => {
  let problemOf: ProblemOf;
  before(async () => {
    problemOf = await openKnownCommands();
  });

  for (const path of workflows) {
    it(`are as they should be in ${path}`, () => {
      const { jobs } = workflowSchema.parse(parse(textOf(path)));
      for (const { needs, steps } of Object.values(jobs)) {
        assert.ok(needs === undefined || needs in jobs, needs);
        for (const step of steps) assert.notEqual(step.uses === undefined, step.run === undefined);
      }
    });

    it(`pin each action by a commit, and name its version beside it, in ${path}`, () => {
      const uses = textOf(path).match(/^.*\buses:.*$/gm) ?? [];
      assert.notDeepEqual(uses, []);
      const pinned = /^ *(- )?uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;
      assert.deepEqual(
        uses.filter((line) => !pinned.test(line)),
        [],
      );
    });

    it(`may write nothing unless the job itself says so, in ${path}`, () => {
      const { permissions: ofAll } = workflowSchema.parse(parse(textOf(path)));
      assert.deepEqual(ofAll, { contents: "read" });
    });
  }

  it("write in the two jobs that release alone", () => {
    const writing = workflows
      .flatMap(jobsOf)
      .filter(([, { permissions: granted }]) => granted !== undefined)
      .map(([name, { permissions: granted }]) => [name, granted]);
    assert.deepEqual(writing, [
      [`${own}/release.yml: npm`, { "id-token": "write" }],
      [`${own}/release.yml: github`, { contents: "write" }],
    ]);
  });

  it("call commands that exist", () => {
    const problems = workflows
      .filter((path) => path.startsWith(own))
      .flatMap(jobsOf)
      .flatMap(([name, { steps }]) =>
        steps
          .flatMap(({ run = "" }) => commandsIn(run))
          .flatMap((command) => problemOf(command) ?? [])
          .map((problem) => `${name}: ${problem}`),
      );
    assert.deepEqual(problems, []);
  });

  it("test the oldest Node that the package supports, and two later ones, on three systems", () => {
    const { engines } = JSON.parse(textOf("package.json")) as { engines: { node: string } };
    const matrices = jobsOf(`${own}/test.yml`).map(([, { strategy }]) => strategy?.matrix);
    for (const matrix of matrices) {
      assert.equal(matrix?.node?.length, 3);
      assert.equal(`>=${String(matrix.node[0])}`, engines.node);
    }
    assert.deepEqual(matrices.at(-1)?.system, ["windows-latest", "macos-latest"]);
  });

  it("come with updates of what they and the package use", () => {
    const { updates } = z
      .object({
        version: z.literal(2),
        updates: z.array(
          z.object({
            "package-ecosystem": z.string(),
            directory: z.string().optional(),
            directories: z.array(z.string()).optional(),
          }),
        ),
      })
      .parse(parse(textOf(".github/dependabot.yml")));
    const files: Readonly<Record<string, string>> = {
      npm: "package.json",
      "github-actions": ".github/workflows",
      gomod: "go.mod",
    };
    assert.deepEqual(
      updates.map((update) => update["package-ecosystem"]),
      Object.keys(files),
    );
    for (const { "package-ecosystem": kind, directory = "", directories = [] } of updates) {
      for (const each of directories.length > 0 ? directories : [directory])
        assert.ok(existsSync(join(root, each, files[kind] ?? "")), `${kind} in ${each}`);
    }
  });
});
