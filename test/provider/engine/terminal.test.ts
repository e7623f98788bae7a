import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { detectAudience } from "../../../provider/engine/terminal";

const script = `
  require("ts-node/register/transpile-only");
  const { detectAudience } = require("./provider/engine/terminal");
  require("node:fs").writeSync(1, detectAudience());
`;
const root = resolve(__dirname, "../../..");

describe("who sees the progress", () => {
  it("is somebody at a terminal when the process has one, whatever its output is", () => {
    const command = `node -e '${script}' | cat`;
    const options = { cwd: root, encoding: "utf8" } as const;
    assert.match(execFileSync("script", ["-qec", command, "/dev/null"], options), /^terminal/);
  });

  it("is nobody when the process has no terminal, as in a CI job", () => {
    const options = { cwd: root, encoding: "utf8" } as const;
    assert.equal(execFileSync("setsid", ["-w", process.execPath, "-e", script], options), "none");
  });

  it("is nobody where there are no terminals", () => {
    assert.equal(detectAudience("/no/such/terminal"), "none");
  });
});
