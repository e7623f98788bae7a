import { shells, typeToken } from "../../support/shell";

/** What the terminal says about one resource under "Diagnostics", line by line. */
export function diagnosticsOf(
  output: string,
  name: string,
  type: "TaskRun" | "Task" = "TaskRun",
): readonly string[] {
  const lines = output.split("\n");
  const heading = lines.findIndex((line) =>
    shells.some((shell) => line === `  ${typeToken(shell, type)} (${name}):`),
  );
  if (heading === -1) return [];
  const rest = lines.slice(heading + 1);
  const end = rest.findIndex((line) => !line.startsWith("    "));
  return rest.slice(0, end === -1 ? rest.length : end).map((line) => line.trim());
}
