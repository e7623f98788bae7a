import { startEmulator } from "../../emulator";
import { median } from "./median";
import type { Emulator } from "../../emulator";

// Measures what pages of the local Apify cost when it holds much, relative to when it holds little. The
// two alternate, because the speed of a machine varies.

const rounds = 60;
const longPolls = 200;
const pollSecs = 20;

/** The size of a local Apify: its runs, and the items in the dataset of the first of them. */
interface Size {
  readonly runs: number;
  readonly items: number;
}

const little: Size = { runs: 10, items: 1_000 };
const much: Size = { runs: 1_000, items: 1_000_000 };

/** Measures pages of runs and items, the start page, and the processor time of waiting clients. */
export async function benchLocalApify(): Promise<void> {
  const [small, large] = [await filled(little), await filled(much)];
  try {
    for (const [what, path] of Object.entries(pages)) {
      const times = { small: [] as number[], large: [] as number[] };
      for (let round = 0; round < rounds; round += 1) {
        times.small.push(await millisOf(small.apify, path(small)));
        times.large.push(await millisOf(large.apify, path(large)));
      }
      const [low, high] = [median(times.small), median(times.large)];
      console.log(
        `${what}: ${low.toFixed(2)} ms with ${sizeOf(little)}, ${high.toFixed(2)} ms with ${sizeOf(much)}, ratio ${(high / low).toFixed(2)}`,
      );
    }
  } finally {
    await small.apify.close();
    await large.apify.close();
  }
  await benchLongPolls();
}

const pages: Readonly<Record<string, (apify: FilledApify) => string>> = {
  "a page of 10 runs": () => "/v2/actor-tasks/bench~task/runs?limit=10&desc=1",
  "the dataset": ({ datasetId }) => `/v2/datasets/${datasetId}`,
  "a page of 100 items": ({ datasetId, size }) =>
    `/v2/datasets/${datasetId}/items?limit=100&offset=${size.items / 2}`,
  "the last 100 items": ({ datasetId }) => `/v2/datasets/${datasetId}/items?limit=100&desc=1`,
  "the start page": () => "/",
};

/** A local Apify that holds this much; the first of its runs has all items in its dataset. */
interface FilledApify {
  readonly apify: Emulator;
  readonly size: Size;
  readonly datasetId: string;
}

async function filled(size: Size): Promise<FilledApify> {
  const apify = await startEmulator({
    declaration: {
      users: [{ username: "bench", token: "bench-token" }],
      actors: [
        {
          username: "bench",
          name: "actor",
          run: ({ input, pushData }) => {
            pushData(Array.from({ length: Number(input.items) }, (_, number) => item(number)));
            return Promise.resolve();
          },
        },
        { username: "bench", name: "waiting", manual: true },
      ],
      tasks: [
        { username: "bench", name: "task", actor: "bench~actor" },
        { username: "bench", name: "waiting", actor: "bench~waiting" },
      ],
    },
  });
  for (let number = 0; number < size.runs; number += 1) {
    const { id } = apify.addRun({
      task: "bench~task",
      input: { items: number === 0 ? size.items : 1 },
      options: { memoryMbytes: 128 },
    });
    await apify.whenRun((run) => run.id === id && run.status === "SUCCEEDED");
  }
  return { apify, size, datasetId: apify.runs()[0]?.defaultDatasetId ?? "" };
}

function item(number: number): Record<string, unknown> {
  return { number, name: `Product ${number}`, priceUsd: number / 100, url: "https://example.com" };
}

async function millisOf(apify: Emulator, path: string): Promise<number> {
  const began = performance.now();
  const response = await fetch(apify.url + path, {
    headers: { Authorization: "Bearer bench-token", Accept: path === "/" ? "text/html" : "*/*" },
  });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`${path} was answered with ${response.status}`);
  return performance.now() - began;
}

/** The clients are in this process as well, so that the emulator's part is less than what is shown. */
async function benchLongPolls(): Promise<void> {
  const { apify } = await filled({ runs: 10, items: 10 });
  const { id } = apify.addRun({ task: "bench~waiting" });
  const before = process.cpuUsage();
  await Promise.all(
    Array.from({ length: longPolls }, () =>
      millisOf(apify, `/v2/actor-runs/${id}?waitForFinish=${pollSecs}`),
    ),
  );
  const { user, system } = process.cpuUsage(before);
  const percent = ((user + system) / 1000 / (pollSecs * 1000)) * 100;
  console.log(`${longPolls} clients that wait for a run: ${percent.toFixed(1)} % of a core`);
  await apify.close();
}

function sizeOf({ runs, items }: Size): string {
  return `${runs} runs and ${items} items`;
}
