import { spawn } from "node:child_process";
import { delimiter } from "node:path";
import { pulumiCli } from "./pulumi-cli";

/** `npm run` starts scripts in the project's root; a Pulumi project is where the user stands. */
function callersFolder(): string {
  const { npm_lifecycle_event: npmScript, INIT_CWD: standsIn } = process.env;
  return npmScript === "pulumi" && standsIn !== undefined ? standsIn : process.cwd();
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
    // A terminal sends ^C to the whole group; passed on as well it would count as a second one, at
    // which Pulumi stops without saving what it did.
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
