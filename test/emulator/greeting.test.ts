import assert from "node:assert/strict";
import { greeting } from "../../emulator/greeting";
import { parseDeclaration } from "../../emulator/state/declaration";
import { declaration } from "./support/emulator";

const url = "http://127.0.0.1:8765";

/** What is printed between two lines. */
function linesBetween(platform: NodeJS.Platform, from: string, to: string): string[] {
  const text = greeting({
    url,
    declaration: parseDeclaration(declaration),
    stateFolder: undefined,
    platform,
  });
  const lines = text.split("\n");
  return lines.slice(lines.indexOf(from) + 1, lines.indexOf(to));
}

describe("what the emulator prints at its start", () => {
  const [before, after] = ["Connect a program to it:", "and run one of the tasks:"];

  it("sets the variables as shells do", () => {
    for (const platform of ["linux", "darwin"] as const) {
      assert.deepEqual(linesBetween(platform, before, after), [
        `  export APIFY_API_BASE_URL=${url}`,
        "  export APIFY_TOKEN=jane-token",
        `  export APIFY_CONSOLE_URL=${url}`,
      ]);
    }
  });

  it("sets the variables as PowerShell and cmd do on Windows", () => {
    assert.deepEqual(linesBetween("win32", before, after), [
      "in PowerShell:",
      `  $env:APIFY_API_BASE_URL = "${url}"`,
      '  $env:APIFY_TOKEN = "jane-token"',
      `  $env:APIFY_CONSOLE_URL = "${url}"`,
      "or in cmd:",
      `  set APIFY_API_BASE_URL=${url}`,
      "  set APIFY_TOKEN=jane-token",
      `  set APIFY_CONSOLE_URL=${url}`,
    ]);
  });
});
