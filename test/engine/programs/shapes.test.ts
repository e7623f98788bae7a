import assert from "node:assert/strict";
import { expectDestroyed, expectSettled, startsOf, succeeds } from "../support/acceptance";
import { componentShapes } from "../support/programShapes/componentShapes";
import { optionShapes } from "../support/programShapes/optionShapes";
import { programOf, type Deployed, type Shape } from "../support/programShapes/shape";
import { valueShapes } from "../support/programShapes/valueShapes";
import { openSandbox, type Sandbox } from "../support/sandbox";
import type { Run } from "../../../emulator";
import { shells, type Shell } from "../../support/shell";
import type { Project } from "../support/project";

const shapes = new Map(
  [...componentShapes, ...valueShapes, ...optionShapes].map((shape, index) => [index + 1, shape]),
);

/** What one deployment left, by number of the shape. */
type Left = ReadonlyMap<number, Deployed & { readonly started: readonly string[] }>;

interface Resource {
  readonly urn: string;
  readonly dependencies?: readonly string[];
}

/** Deploys shapes together, changes them, and destroys them, and tells what there was. */
async function live(
  shell: Shell,
  together: ReadonlyMap<number, Shape>,
): Promise<{ readonly left: readonly [Left, Left]; readonly resources: readonly Resource[] }> {
  const sandbox = await openSandbox({ shell });
  try {
    const project = await sandbox.openProject("shop");
    const first = await deploy(sandbox, project, together, 1);
    const changed = await deploy(sandbox, project, together, 2);
    const { deployment } = JSON.parse(await succeeds(project.run(["stack", "export"]))) as {
      deployment: { resources: readonly Resource[] };
    };
    await expectDestroyed(sandbox.emulator, project);
    return { left: [first, changed], resources: deployment.resources };
  } finally {
    await sandbox.close();
  }
}

async function deploy(
  { emulator }: Sandbox,
  project: Project,
  together: ReadonlyMap<number, Shape>,
  round: 1 | 2,
): Promise<Left> {
  const before = emulator.runs().length;
  project.program(programOf(together, round));
  await succeeds(project.up());
  const runs = emulator.runs();
  const outputs = await project.outputs();
  const state = await succeeds(project.run(["stack", "export"]));
  await expectSettled(emulator, project);
  assert.deepEqual(startsOf(emulator), []);
  const markOf = ({ defaultKeyValueStoreId }: Run): string =>
    String((emulator.record(defaultKeyValueStoreId, "INPUT") as { mark?: unknown }).mark);
  return new Map(
    [...together.keys()].map((number) => {
      const own = (run: Run): boolean => markOf(run).startsWith(`${number}-`);
      const nameOf = (run: Run): string => markOf(run).slice(`${number}-`.length);
      return [
        number,
        {
          emulator,
          round,
          outputs: (outputs[number] ?? {}) as Record<string, unknown>,
          state,
          started: runs.slice(before).filter(own).map(nameOf).sort(),
          run: (resource) => {
            const run = runs.filter((each) => own(each) && nameOf(each) === resource).at(-1);
            assert.ok(run, `no run was started for ${resource}`);
            return run;
          },
        },
      ];
    }),
  );
}

function nameIn(urn: string): string {
  return urn.split("::").at(-1) ?? "";
}

/** What each TaskRun of a shape depends on, by their names within the shape. */
function dependenciesOf(
  resources: readonly Resource[],
  number: number,
): Readonly<Record<string, readonly string[]>> {
  const own = (urn: string): string => nameIn(urn).replace(`${number}-`, "");
  return Object.fromEntries(
    resources
      .filter(({ urn }) => urn.includes(":TaskRun::") && nameIn(urn).startsWith(`${number}-`))
      .filter(({ dependencies = [] }) => dependencies.length > 0)
      .map(({ urn, dependencies = [] }) => [own(urn), dependencies.map(own).sort()]),
  );
}

for (const shell of shells) {
  const title =
    shell === "dynamic" ? "a program that has" : "a program with the native plugin that has";
  describe(title, () => {
    let all: Awaited<ReturnType<typeof live>> | undefined;
    let problem: unknown;
    before(async () => {
      try {
        all = await live(shell, shapes);
      } catch (error) {
        problem = error;
      }
    });

    for (const [number, shape] of shapes) {
      it(`${shape.name} is deployed, changed, left alone and destroyed`, async () => {
        // One deployment for all is cheap; when it fails, each shape shows whether it was the one.
        const { left, resources } = all ?? (await live(shell, new Map([[number, shape]])));
        for (const [index, deployed] of left.entries()) {
          const its = deployed.get(number);
          assert.ok(its);
          assert.deepEqual(its.started, [...(shape.starts[index] ?? [])].sort());
          shape.holds?.(its);
        }
        assert.deepEqual(dependenciesOf(resources, number), shape.dependencies ?? {});
      });
    }

    it("all of these shapes is deployed as well", () => {
      assert.equal(problem, undefined);
    });
  });
}
