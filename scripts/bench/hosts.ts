import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { openWorld, type World } from "../../test/host/support/world";
import { shells, type Shell } from "../../test/support/shell";
import { median } from "./median";
import type { Host } from "../../test/support/host";

// Measures a process of each shell: its start, 200 runs that it waits for, the time from a run's end to the answer, and an
// input as large as Apify takes.

const rounds = 9;
const waitingRuns = 200;
/** The first polls of a run are short. */
const settlingSecs = 60;
const measuredSecs = 60;
/** Between Apify and the host, there and back. */
const roundTripMillis = 100;

/** Measures the processes of both shells. */
export async function benchHosts(): Promise<void> {
  for (const shell of shells) {
    await inWorld(shell, benchStart);
    await inWorld(shell, benchEnds);
    await inWorld(shell, benchLargeInput);
    await inWorld(shell, benchWaiting);
  }
}

async function inWorld(shell: Shell, bench: (world: World) => Promise<void>): Promise<void> {
  const world = await openWorld(shell);
  world.emulator.setLimits("janedoe", { maxMemoryMbytes: 1_000_000, maxConcurrentRuns: 1_000 });
  try {
    await bench(world);
  } finally {
    await world.close();
  }
}

async function benchStart(world: World): Promise<void> {
  const millis: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const engine = await world.engine();
    const began = performance.now();
    const host = await world.configuredHost(engine);
    await host.check({}, world.resource("prices", { actorTaskId: "janedoe~scrape" }));
    millis.push(performance.now() - began);
    await host.end("SIGKILL");
  }
  console.log(
    `${world.shell}: from the start of its process to a checked resource ${shown(millis)}`,
  );
}

/** How long after a run's end the create is answered, where each response takes its time. */
async function benchEnds(world: World): Promise<void> {
  const { emulator } = world;
  const host = await world.configuredHost(await world.engine());
  const remove = emulator.use(async (_request, { serve, send }) => {
    await sleep(roundTripMillis / 2);
    const answer = await serve();
    await sleep(roundTripMillis / 2);
    send(answer);
    return "handled" as const;
  });
  const millis: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const { id, created } = await startOne(world, host, round);
    await untilPolled(world, 1);
    const ended = performance.now();
    emulator.finish(id);
    await created;
    millis.push(performance.now() - ended);
  }
  remove();
  const roundTrips = (median(millis) / roundTripMillis).toFixed(2);
  console.log(
    `${world.shell}: from a run's end to the answer ${shown(millis)}, which is ${roundTrips} round trips of ${roundTripMillis} ms`,
  );
}

async function benchLargeInput(world: World): Promise<void> {
  const host = await world.configuredHost(await world.engine());
  for (const [size, length] of [
    ["an input of 9 MB", 9_000_000],
    ["a small one", 10],
  ] as const) {
    const input = { text: "x".repeat(length) };
    const began = performance.now();
    const news = world.resource(`size${length}`, { actorTaskId: "janedoe~scrape", input });
    const { inputs } = await host.check({}, news);
    await host.create({ ...news, inputs });
    const millis = Math.round(performance.now() - began);
    console.log(
      `${world.shell}: check and create with ${size} ${millis} ms, then ${megabytesOf(host)}`,
    );
  }
}

/** What a process costs while it waits for many runs. */
async function benchWaiting(world: World): Promise<void> {
  if (process.platform !== "linux") {
    console.log(`${world.shell}: waiting runs are not measured here, for lack of /proc`);
    return;
  }
  const { emulator } = world;
  const host = await world.configuredHost(await world.engine());
  const idle = `${residentMegabytes(host)} MB`;
  const created: Promise<unknown>[] = [];
  for (let index = 0; index < waitingRuns; index += 1) {
    created.push(createByHand(world, host, index));
  }
  await untilPolled(world, waitingRuns);
  await sleep(settlingSecs * 1000);
  emulator.clearRequests();
  const before = processorSecsOf(host);
  const megabytes: number[] = [];
  for (let secs = 0; secs < measuredSecs; secs += 5) {
    megabytes.push(residentMegabytes(host));
    await sleep(5_000);
  }
  const share = (100 * (processorSecsOf(host) - before)) / measuredSecs;
  const requests = emulator.requests.length / waitingRuns / (measuredSecs / 15);
  console.log(
    `${world.shell}: ${waitingRuns} waiting runs ${median(megabytes)} MB (at most ${Math.max(...megabytes)} MB; without them ${idle}), ${share.toFixed(1)} % of a core, ${socketsOf(host)} sockets, ${requests.toFixed(2)} requests for each in 15 s`,
  );
  for (const { id } of emulator.liveRuns()) emulator.finish(id);
  await Promise.all(created);
}

async function createByHand(world: World, host: Host, index: number): Promise<unknown> {
  const args = { actorTaskId: "janedoe~by-hand", input: { index } };
  const news = world.resource(`run${index}`, args);
  const { inputs } = await host.check({}, news);
  return host.create({ ...news, inputs });
}

async function startOne(
  world: World,
  host: Host,
  index: number,
): Promise<{ id: string; created: Promise<unknown> }> {
  world.emulator.clearRequests();
  const before = world.emulator.runs().length;
  const created = createByHand(world, host, index);
  await world.emulator.whenRun(() => world.emulator.runs().length > before);
  return { id: world.emulator.runs().at(-1)?.id ?? "", created };
}

/** Resolves when so many runs are waited for. */
async function untilPolled({ emulator }: World, count: number): Promise<void> {
  const isPolled = (): boolean =>
    new Set(
      emulator.requests
        .filter(({ path }) => /^\/v2\/actor-runs\/\w+\?waitForFinish=/.test(path))
        .map(({ pathname }) => pathname),
    ).size >= count;
  while (!isPolled() && emulator.held() < count) await sleep(20);
  await sleep(roundTripMillis);
}

function shown(millis: readonly number[]): string {
  return `${Math.round(median(millis))} ms`;
}

function megabytesOf(host: Host): string {
  return process.platform === "linux" ? `${residentMegabytes(host)} MB` : "memory not measured";
}

function residentMegabytes({ pid }: Host): number {
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Math.round((Number(kilobytes) * 1024) / 1_000_000);
}

function socketsOf({ pid }: Host): number {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).filter((each) =>
    readlinkSync(`${folder}/${each}`).startsWith("socket"),
  ).length;
}

/** The processor time that a process has used. The kernel counts it in hundredths of a second. */
function processorSecsOf({ pid }: Host): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
