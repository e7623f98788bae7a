/**
 * What the CLI leaves on a terminal: without one it writes a line for each change of a resource's
 * row, and a terminal shows the last.
 */
export function condensed(output: string): string {
  const lines: string[] = [];
  const rows = new Map<string, string>();
  const flush = (): void => {
    lines.push(...rows.values());
    rows.clear();
  };
  for (const line of output.split("\n").map((each) => each.trimEnd())) {
    if (line.startsWith("@ ")) continue;
    const [, resource] = /^[ ~+-]{4}(\S+:\S+:\S+ \S+)/.exec(line) ?? [];
    if (resource === undefined) {
      flush();
      lines.push(line);
    } else if (!(line.startsWith(" --") && rows.has(resource))) {
      // The deletion of what is replaced has no row of its own there.
      rows.set(resource, line);
    }
  }
  flush();
  return withSortedDiagnostics(lines.join("\n").replace(/\n{3,}/g, "\n\n")).trim();
}

/** The same whenever the same things happen: without ids, times, durations, ports, and which resource came first. */
export function normalized(text: string): string {
  return text
    .replace(/\b\d{4}-\d\d-\d\dT[\d:.]+Z/g, "<time>")
    .replace(/\b(?=\w*[A-Z\d])[A-Za-z\d]{17}\b/g, "<id>")
    .replace(/\b\d+(\.\d+)?m?s\b/g, "<duration>")
    .replace(/\b127\.0\.0\.1:\d+/g, "127.0.0.1:<port>")
    .replace(/(?:^[ ~+-]{4}\S+:\S+:\S+ .*\n)+/gm, (rows) =>
      [...rows.matchAll(/.*\n/g)].flat().sort().join(""),
    );
}

function withSortedDiagnostics(text: string): string {
  return text.replace(/(?<=^Diagnostics:\n)(?: {2}\S.*\n(?: {4}.*\n)+\n?)+/gm, (sections) =>
    [...sections.matchAll(/ {2}\S.*\n(?: {4}.*\n)+/g)]
      .map(([section]) => `${section}\n`)
      .sort()
      .join(""),
  );
}
