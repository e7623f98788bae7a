import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { startEmulator } from "../../emulator";
import { pulumiCli } from "../pulumi-cli";
import { median } from "./median";

// Measures how long commands take with TaskRuns, relative to a minimal dynamic provider, which starts a
// run and reads it without any error handling. The two alternate, because the speed of a machine varies.

const count = 300;
const rounds = 5;

const programs: Readonly<Record<string, string>> = {
  trivial: `
    const ask = async (method, path) => {
      const response = await fetch(process.env.APIFY_API_BASE_URL + "/v2/" + path, {
        method, headers: { Authorization: "Bearer " + process.env.APIFY_TOKEN },
      });
      return (await response.json()).data;
    };
    const provider = {
      check: async (olds, news) => ({ inputs: news }),
      diff: async () => ({ changes: false }),
      create: async (inputs) => {
        let run = await ask("POST", "actor-tasks/bench~noop/runs");
        run = await ask("GET", "actor-runs/" + run.id + "?waitForFinish=60");
        return { id: run.id, outs: { ...inputs, a: JSON.stringify(run), b: 2, c: 3 } };
      },
      read: async (id, props) => {
        const run = await ask("GET", "actor-runs/" + id);
        return { id, props: { ...props, a: JSON.stringify(run) } };
      },
      update: async (id, olds, news) => ({ outs: news }),
      delete: async () => {},
    };
    class Trivial extends pulumi.dynamic.Resource {
      constructor(name, args) { super(provider, name, { ...args, a: undefined, b: undefined, c: undefined }); }
    }
    const make = (name, args) => new Trivial(name, args);`,
  TaskRun: `
    const apify = require("pulumi-apify");
    const make = (name, args) => new apify.TaskRun(name, args);`,
};

/** Measures a first `up`, and each command over unchanged resources. */
export async function benchCommands(): Promise<void> {
  const cli = await pulumiCli();
  const emulator = await startEmulator({
    declaration: {
      users: [{ username: "bench", token: "bench-token" }],
      actors: [
        {
          username: "bench",
          name: "noop",
          builds: [{ number: "0.1.1", tags: ["latest"] }],
          run: () => Promise.resolve(),
        },
      ],
      tasks: [
        { username: "bench", name: "noop", actor: "bench~noop", options: { memoryMbytes: 128 } },
      ],
    },
  });
  const folder = mkdtempSync(join(tmpdir(), "pulumi-apify-bench-"));
  const env = {
    ...process.env,
    PATH: `${cli.binFolder}${delimiter}${process.env.PATH ?? ""}`,
    APIFY_TOKEN: "bench-token",
    APIFY_API_BASE_URL: emulator.url,
    PULUMI_BACKEND_URL: `file://${folder}`,
    PULUMI_CONFIG_PASSPHRASE: "",
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
  const secondsOf = (project: string, ...args: string[]): Promise<number> =>
    new Promise((done, fail) => {
      const began = performance.now();
      const options = { cwd: join(folder, project), env, maxBuffer: 64 * 1024 * 1024 };
      execFile(cli.pulumi, [...args, "--non-interactive"], options, (error, stdout) => {
        if (error) fail(new Error(stdout, { cause: error }));
        else done((performance.now() - began) / 1000);
      });
    });

  try {
    for (const [project, head] of Object.entries(programs)) {
      writeProject(join(folder, project), project, head);
      execFileSync(cli.pulumi, ["stack", "init", "dev"], { cwd: join(folder, project), env });
      const first = await secondsOf(project, "up", "--yes", "--skip-preview", "--parallel", "32");
      console.log(`${project}: a first up of ${count} took ${first.toFixed(1)} s`);
    }
    for (const command of [["preview"], ["up", "--yes", "--skip-preview"], ["refresh", "--yes"]]) {
      const times: Record<string, number[]> = { trivial: [], TaskRun: [] };
      for (let round = 0; round < rounds; round++) {
        for (const project of Object.keys(programs)) {
          times[project]?.push(await secondsOf(project, ...command));
        }
      }
      const [trivial, taskRun] = [median(times.trivial), median(times.TaskRun)];
      console.log(
        `${command[0] ?? ""} of ${count} unchanged: trivial ${trivial.toFixed(2)} s, TaskRun ${taskRun.toFixed(2)} s, ratio ${(taskRun / trivial).toFixed(2)}`,
      );
    }
  } finally {
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function writeProject(folder: string, name: string, head: string): void {
  mkdirSync(folder, { recursive: true });
  symlinkSync(resolve(__dirname, "../../node_modules"), join(folder, "node_modules"), "dir");
  writeFileSync(
    join(folder, "Pulumi.yaml"),
    `name: ${name}\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n`,
  );
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name, main: "index.js" }));
  writeFileSync(
    join(folder, "index.js"),
    `const pulumi = require("@pulumi/pulumi");${head}
    for (let i = 0; i < ${count}; i++) {
      make("r" + i, { actorTaskId: "bench~noop", input: { i, list: [1, 2, 3] }, build: "latest" });
    }`,
  );
}
