import { fixture } from "./fixture";
import { openSandbox, type Sandbox } from "./sandbox";
import { shells as allShells, chosenShells, type Shell } from "../../support/shell";
import type { Project } from "./project";

/** A sandbox with a first project, which is called `shop`. */
export interface Opened extends Omit<Sandbox, "close"> {
  readonly project: Project;
}

/** How a suite is set up. */
export interface SuiteOptions {
  /**
   * Whether the tests share a sandbox, and go on from what the one before has left, or each has one
   * of its own.
   */
  readonly sandboxPer: "suite" | "test";
  /** More tasks whose runs go on until a test ends them. Default: none. */
  readonly moreByHand?: readonly string[];
  /**
   * What serves the resources of the programs: each shell in turn, or the one of which the tests ask something that the
   * other does otherwise; the dynamic one only if PULUMI_APIFY_SHELLS names it. Default: the shells of PULUMI_APIFY_SHELLS.
   */
  readonly shells?: "chosen" | "both" | Shell;
}

/**
 * Describes tests that drive the real CLI, once for each shell. The sandbox that `tests` is given is there within hooks
 * and tests. At the end it is closed, with all that was started in it.
 */
export function describeEngine(
  title: string,
  { sandboxPer, moreByHand = [], shells = "chosen" }: SuiteOptions,
  tests: (sandbox: Opened, shell: Shell) => void,
): void {
  for (const shell of shellsOf(shells)) {
    describe(shell === "dynamic" ? title : `${title}, with the native plugin`, () => {
      tests(
        fixture(sandboxPer, async () => {
          const sandbox = await openSandbox({ moreByHand, shell });
          return { ...sandbox, project: await sandbox.openProject("shop") };
        }),
        shell,
      );
    });
  }
}

function shellsOf(shells: NonNullable<SuiteOptions["shells"]>): readonly Shell[] {
  if (shells === "chosen") return chosenShells();
  if (shells === "dynamic") return chosenShells().filter((shell) => shell === "dynamic");
  return shells === "both" ? allShells : ["native"];
}
