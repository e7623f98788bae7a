import { shells, type Shell } from "../../support/shell";

/** The process of each shell, as the names of tests call it. */
export const processOf = {
  dynamic: "dynamic host",
  native: "native plugin",
} as const satisfies Record<Shell, string>;

/** The name of a shell's process. */
export type ProcessName = (typeof processOf)[Shell];

/** Describes tests once for each shell. */
export function describeShells(
  title: (process: ProcessName) => string,
  tests: (shell: Shell) => void,
): void {
  for (const shell of shells) {
    describe(title(processOf[shell]), () => {
      tests(shell);
    });
  }
}
