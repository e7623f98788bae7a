import type { Project } from "./project";
import { openSandbox, type Sandbox } from "./sandbox";

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
    let opened: Opened | undefined;
    let close: Sandbox["close"] = () => Promise.resolve();
    const open = async (): Promise<void> => {
      const sandbox = await openSandbox(moreByHand);
      close = sandbox.close;
      opened = { ...sandbox, project: await sandbox.openProject("shop") };
    };
    if (sandboxPer === "suite") {
      before(open);
      after(() => close());
    } else {
      beforeEach(open);
      afterEach(() => close());
    }
    const current = (): Opened => {
      if (opened === undefined) throw new Error("Outside of hooks and tests there is no sandbox.");
      return opened;
    };
    tests({
      get emulator() {
        return current().emulator;
      },
      get project() {
        return current().project;
      },
      get token() {
        return current().token;
      },
      get environment() {
        return current().environment;
      },
      get openProject() {
        return current().openProject;
      },
    });
  });
}
