import { spawn } from "node:child_process";
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { loadDeclaration, startEmulator } from "../emulator";
import { pulumiCli } from "./pulumi-cli";

/** Shows the whole story with the real CLI against the local emulator, and fails where it is not as told. */
async function demo(keep: "keep" | "remove"): Promise<void> {
  const repository = resolve(__dirname, "..");
  const folder = join(repository, ".cache", "demo");
  const state = join(folder, "state");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(state, { recursive: true });

  const cli = await pulumiCli();
  const emulator = await startEmulator({
    declaration: loadDeclaration(join(repository, "examples/actors.json")),
  });
  const settings = {
    APIFY_API_BASE_URL: emulator.url,
    APIFY_TOKEN: "emulator-token",
    PULUMI_BACKEND_URL: `file://${state}`,
    PULUMI_CONFIG_PASSPHRASE: "",
  };
  const pulumi = async (project: string, ...args: string[]): Promise<void> => {
    console.log(`\n[${project}] $ pulumi ${args.join(" ")}`);
    const code = await run(cli.pulumi, args, join(folder, project), {
      ...process.env,
      ...settings,
      PATH: `${cli.binFolder}${delimiter}${process.env.PATH ?? ""}`,
      PULUMI_SKIP_UPDATE_CHECK: "true",
    });
    expect(code === 0, `pulumi ${args.join(" ")} ends with exit code 0`);
  };

  try {
    for (const project of ["quickstart", "consumer"]) {
      // A copy, so that the stack's settings do not end up among the sources.
      cpSync(join(repository, "examples", project), join(folder, project), { recursive: true });
      await pulumi(project, "stack", "init", "dev");
    }

    tell("A first `up` starts the task, waits for it and shows its outputs.");
    await pulumi("quickstart", "up", "--yes", "--skip-preview");
    const [first] = emulator.runs();
    expect(emulator.runs().length === 1 && first?.status === "SUCCEEDED", "one run succeeded");

    tell("A second stack builds on the first one's dataset.");
    await pulumi("consumer", "up", "--yes", "--skip-preview");

    tell("Nothing changed, so a second `up` starts nothing.");
    emulator.clearRequests();
    await pulumi("quickstart", "up", "--yes", "--skip-preview");
    expect(emulator.writes().length === 0, "no write request was sent to Apify");

    tell("A changed input: `preview` says why it would run again, and `up` does.");
    await pulumi("quickstart", "config", "set", "--path", "packages[0]", "mocha");
    await pulumi("quickstart", "config", "set", "--path", "packages[1]", "prettier");
    await pulumi("quickstart", "preview");
    expect(emulator.runs().length === 1, "a preview starts nothing");
    await pulumi("quickstart", "up", "--yes", "--skip-preview");
    const [, second] = emulator.runs();
    expect(
      emulator.runs().length === 2 && second?.status === "SUCCEEDED",
      "one more run succeeded",
    );
    const oldItems = emulator.dataset(first?.defaultDatasetId ?? "");
    expect(oldItems.length === 3, "the data of the old run is still there");

    tell("The consumer sees the new data.");
    await pulumi("consumer", "up", "--yes", "--skip-preview");

    if (keep === "keep") await lookAround(emulator.url, folder, settings);

    tell("`destroy` leaves no live run behind.");
    await pulumi("consumer", "destroy", "--yes", "--skip-preview");
    await pulumi("quickstart", "destroy", "--yes", "--skip-preview");
    expect(emulator.liveRuns().length === 0, "no run is left alive");
    tell(
      `That was all. The emulator was at ${emulator.url}, the state in ${state}.`,
      "`npm run demo -- --keep` stops before the destroy, so that you can look around.",
    );
  } finally {
    await emulator.close();
    if (keep === "remove") rmSync(folder, { recursive: true, force: true });
  }
}

async function lookAround(
  url: string,
  folder: string,
  settings: Readonly<Record<string, string>>,
): Promise<void> {
  tell(
    `The emulator is at ${url}, the two projects and their state in ${folder}.`,
    "In another terminal, after these lines, `npm run pulumi -- -C <project folder> stack` looks at them:",
    ...Object.entries(settings).map(([name, value]) => `  export ${name}='${value}'`),
    "Press ^C here to go on with the destroy.",
  );
  await new Promise<void>((done) => {
    // An open handle keeps the process alive until the signal comes.
    const handle = setInterval(() => undefined, 60_000);
    process.once("SIGINT", () => {
      clearInterval(handle);
      done();
    });
  });
}

function tell(...lines: readonly string[]): void {
  console.log(`\n${lines.map((line) => `── ${line}`).join("\n")}`);
}

function expect(condition: boolean, what: string): void {
  if (!condition) throw new Error(`The demo expected that ${what}, and it is not so.`);
  console.log(`✓ ${what}`);
}

function run(
  command: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<number> {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { cwd, env, stdio: "inherit" });
    child.once("error", fail);
    child.once("close", (code) => {
      done(code ?? 1);
    });
  });
}

demo(process.argv.includes("--keep") ? "keep" : "remove").catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
