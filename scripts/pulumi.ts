import { spawn } from "node:child_process";
import { delimiter } from "node:path";
import { pulumiCli } from "./pulumi-cli";

/** The user's folder, which has the Pulumi project; `npm run` starts scripts in this repository. */
function callersFolder(): string {
  const { npm_lifecycle_event: npmScript, INIT_CWD: userFolder } = process.env;
  return npmScript === "pulumi" && userFolder !== undefined ? userFolder : process.cwd();
}

async function main(args: readonly string[]): Promise<void> {
  const { pulumi, binFolder } = await pulumiCli();
  const child = spawn(pulumi, args, {
    stdio: "inherit",
    cwd: callersFolder(),
    env: { ...process.env, PATH: `${binFolder}${delimiter}${process.env.PATH ?? ""}` },
  });
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  process.on("SIGHUP", () => child.kill("SIGHUP"));
  process.on("SIGINT", () => {
    // A terminal sends ^C to the child as well. If it were passed on, too, Pulumi would take it for a
    // second ^C, and stop without saving its state.
    if (!process.stdin.isTTY) child.kill("SIGINT");
  });
  child.on("error", fail);
  child.on("close", (code) => {
    process.exitCode = code ?? 1;
  });
}

function fail(error: unknown): void {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

main(process.argv.slice(2)).catch(fail);
