import { fixture } from "./fixture";
import { openSandbox, type Sandbox } from "./sandbox";
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
}

/** The longest that a test may take, on a machine that does much else. */
const timeoutMillis = 300_000;

/**
 * Describes tests that drive the real CLI. The sandbox that `tests` is given is there within hooks and
 * tests. At the end it is closed, with all that was started in it.
 */
export function describeEngine(
  title: string,
  { sandboxPer, moreByHand = [] }: SuiteOptions,
  tests: (sandbox: Opened) => void,
): void {
  describe(title, function () {
    this.timeout(timeoutMillis);
    tests(
      fixture(sandboxPer, async () => {
        const sandbox = await openSandbox(moreByHand);
        return { ...sandbox, project: await sandbox.openProject("shop") };
      }),
    );
  });
}
