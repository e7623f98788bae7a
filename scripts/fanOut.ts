import { setTimeout as sleep } from "node:timers/promises";
import { declarationOfExamples, openExample } from "../test/engine/support/example";
import { mostAtOneTime } from "../test/engine/support/mostAtOneTime";
import type { Declaration } from "../emulator";

/** How long each run takes: much longer than its start. */
const runSecs = 5;
const shares = 200;
const memoryMbytes = 256;

interface Measurement {
  /** The value of `--parallel`. @default Pulumi's */
  readonly parallel?: number;
  readonly accountMbytes: number;
}

const measurements: readonly Measurement[] = [
  { accountMbytes: 65_536 },
  { parallel: 8, accountMbytes: 65_536 },
  { parallel: 64, accountMbytes: 65_536 },
  { parallel: 200, accountMbytes: 65_536 },
  { parallel: 32, accountMbytes: 8_192 },
  { parallel: 64, accountMbytes: 8_192 },
  { parallel: 200, accountMbytes: 8_192 },
];

/** Measures `examples/fan-out` with the real CLI against the emulator, and prints the table of its README. */
async function fanOut(): Promise<void> {
  console.log("| `--parallel` | room in the account | most runs at one time | the whole `up` |");
  console.log("| ---: | ---: | ---: | ---: |");
  for (const measurement of measurements) console.log(await rowOf(measurement));
}

async function rowOf({ parallel, accountMbytes }: Measurement): Promise<string> {
  const example = await openExample("fan-out", { declaration: declarationWithSlowActor() });
  try {
    const { emulator, project } = example;
    emulator.setLimits("janedoe", { maxMemoryMbytes: accountMbytes });
    await project.run(["config", "set", "shares", String(shares)]);
    const began = performance.now();
    const options = parallel === undefined ? [] : ["--parallel", String(parallel)];
    const { code, output } = await project.up(...options);
    const secs = Math.round((performance.now() - began) / 1000);
    if (code !== 0) throw new Error(output);
    const most = mostAtOneTime(emulator.runs());
    return `| ${parallel ?? "default"} | ${accountMbytes / memoryMbytes} runs | ${most} | ${secs} s |`;
  } finally {
    await example.close();
  }
}

/** Replaces the Actor `share` with one that only waits, so that the processors do not matter. */
function declarationWithSlowActor(): Declaration {
  const { users, actors = [], tasks } = declarationOfExamples();
  return {
    users,
    tasks,
    actors: actors.map(({ command, ...actor }) =>
      actor.name === "share"
        ? {
            ...actor,
            run: async ({ pushData }) => {
              pushData({ name: "a package" });
              await sleep(runSecs * 1000);
            },
          }
        : { ...actor, command },
    ),
  };
}

fanOut().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
