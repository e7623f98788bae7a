import { faultAnswers, fakeClock, seededRandom, startEmulator } from "../../../emulator";
import type { Declaration, Emulator, FakeClock, Run } from "../../../emulator";

/** An emulator whose pages show one of everything. */
export interface Scene {
  readonly emulator: Emulator;
  readonly clock: FakeClock;
  readonly token: string;
  /** The path of each page, by a name for its file. */
  readonly pages: Readonly<Record<string, string>>;
}

const token = "scene-token-of-janedoe";
const minute = 60_000;

const declaration = {
  users: [{ username: "janedoe", token }],
  actors: [
    {
      username: "janedoe",
      name: "web-scraper",
      title: "Scrapes shops",
      manual: true,
      builds: [
        { number: "1.4.2", tags: ["stable"] },
        { number: "1.5.0", tags: ["latest", "beta"] },
      ],
    },
    { username: "janedoe", name: "cleaner", manual: true },
  ],
  tasks: [
    {
      username: "janedoe",
      name: "prices",
      title: "Prices of three shops",
      actor: "janedoe~web-scraper",
      input: { startUrls: [{ url: "https://shop.example/bikes" }], maxPages: 40 },
      options: { memoryMbytes: 1024, timeoutSecs: 300 },
    },
    { username: "janedoe", name: "reviews", actor: "janedoe~web-scraper" },
    {
      username: "janedoe",
      name: "nightly-clean-up",
      title: "Removes duplicates",
      actor: "janedoe~cleaner",
    },
  ],
} satisfies Declaration;

/** A PNG of 160 × 90 pixels. */
const picture = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAKAAAABaCAIAAACwpMoFAAABN0lEQVR4nO3ZsQmAQBQFwSvGauzDek3NbcQaDgR1HfjxcMeGbyzbOnX7eUwd/1l/fP0DfIF/7Qsc9wWO+wLHfYHjvsBxX+C4L3DcFzjuCxz3BY77Asd9geO+wHF/vO1B/Ht9geO+wHFf4LgvcNwXOO4LHPcFjvsCx32B477AcV/guC9w3Bc47gsc9wWO+wb/uC9w3Bc47gsc9wWO+wLHfYHjvsBxX+C4L3DcFzjuCxz3BY77Asd9geO+wHHf4B/3BY77Asd9geO+wHFf4LgvcNwXOO4LHPcFjvsCx32B477AcV/guC9w3Bc47hv8477AcV/guC9w3Bc47gsc9wWO+wLHfYHjvsBxX+C4L3DcFzjuCxz3BY77Asd9g3/cFzjuCxz3BY77Asd9geO+wHFf4LgvcNwXOO5fDc2dI/vYznUAAAAASUVORK5CYII=",
  "base64",
);

/** Starts an emulator at a fixed time, with the same runs in every scene. */
export async function startScene(): Promise<Scene> {
  const clock = fakeClock(Date.UTC(2026, 2, 9, 10, 0, 0));
  const emulator = await startEmulator({ declaration, clock, random: seededRandom(7) });
  const start = (task: string, waited = 0): Run => {
    clock.advance(waited);
    const userAgent = "pulumi-apify/0.1.0 (run-key 7f9c2ba4e88f827d616045507605853e)";
    const run = emulator.addRun({ task: `janedoe~${task}`, meta: { origin: "API", userAgent } });
    clock.advance(0);
    return run;
  };

  const finished = start("prices");
  await fill(emulator, finished);
  clock.advance(2.4 * minute);
  emulator.finish(finished.id, { statusMessage: "Scraped 38 pages, 12 of them have prices" });

  const aborted = start("reviews", 20_000);
  clock.advance(0.8 * minute);
  emulator.finish(aborted.id, { status: "ABORTED", exitCode: 0 });

  const failed = start("nightly-clean-up", 5_000);
  emulator.log(failed.id, '\u001b[31mERROR\u001b[39m The input has no field "dataset"');
  clock.advance(9_300);
  emulator.finish(failed.id, { exitCode: 1 });

  start("prices", 12_000);
  clock.advance(5 * minute);

  const metamorphed = start("reviews", 8_000);
  emulator.metamorph(metamorphed.id, "janedoe~cleaner", { input: { dataset: "reviews" } });
  clock.advance(1.2 * minute);
  emulator.finish(metamorphed.id);

  const running = start("prices", 4_000);
  emulator.setStatus(running.id, { statusMessage: "Scraped 6 of 40 pages" });
  await fill(emulator, running);
  clock.advance(40_000);
  emulator.changeSettings({ startDelayMillis: minute });
  start("nightly-clean-up", 6_000);

  emulator.faults.inject({
    endpoint: "startRun",
    fault: faultAnswers.serverError("done"),
    label: "Next start: 500 after the run was started",
  });
  clock.advance(3_000);
  return { emulator, clock, token, pages: pagesOf(finished, { running, metamorphed }) };
}

function pagesOf(
  finished: Run,
  { running, metamorphed }: { running: Run; metamorphed: Run },
): Scene["pages"] {
  const store = `/storage/key-value-stores/${finished.defaultKeyValueStoreId}`;
  return {
    runs: "/",
    "runs-filtered": "/?status=FAILED",
    run: `/actors/runs/${finished.id}`,
    "run-live": `/actors/runs/${running.id}`,
    "run-metamorphed": `/actors/runs/${metamorphed.id}`,
    tasks: "/tasks",
    task: `/actors/tasks/${finished.actorTaskId ?? ""}`,
    actor: `/actors/${finished.actId}`,
    faults: "/faults",
    dataset: `/storage/datasets/${finished.defaultDatasetId}`,
    store,
    "record-json": `${store}/records/INPUT`,
    "record-html": `${store}/records/page.html`,
    "record-image": `${store}/records/screenshot.png`,
    "sign-in": "/sign-in",
    billing: "/billing",
    settings: "/settings/integrations",
    missing: "/actors/runs/none",
  };
}

/** Writes a log, items and records, as an Actor would. */
async function fill(emulator: Emulator, run: Run): Promise<void> {
  emulator.log(
    run.id,
    '\u001b[32mINFO\u001b[39m  System info \u001b[90m{"apifyVersion":"3.7.2"}\u001b[39m',
  );
  for (let page = 1; page <= 6; page += 1) {
    emulator.log(run.id, `\u001b[32mINFO\u001b[39m  Page ${page} of https://shop.example/bikes`);
  }
  emulator.log(run.id, "\u001b[33mWARN\u001b[39m  Page 7 has no price");
  const items = Array.from({ length: 12 }, (_, index) => ({
    url: `https://shop.example/bikes/${index + 1}`,
    title: ["Touring bike", "Folding bike", "Cargo bike"][index % 3],
    price: { amount: 480 + 35 * index, currency: "EUR" },
    inStock: index % 4 !== 0,
    reviews: index * 7,
  }));
  const { defaultDatasetId: dataset, defaultKeyValueStoreId: store } = run;
  await send(
    emulator,
    `POST /v2/datasets/${dataset}/items`,
    "application/json",
    JSON.stringify(items),
  );
  const record = `PUT /v2/key-value-stores/${store}/records`;
  await send(
    emulator,
    `${record}/page.html`,
    "text/html",
    "<h1>Bikes</h1>\n<script>alert(1)</script>",
  );
  await send(emulator, `${record}/screenshot.png`, "image/png", new Uint8Array(picture));
}

async function send(
  { url }: Emulator,
  methodAndPath: string,
  contentType: string,
  body: string | Uint8Array<ArrayBuffer>,
): Promise<void> {
  const [method = "", path = ""] = methodAndPath.split(" ");
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": contentType };
  const { ok, status } = await fetch(url + path, { method, headers, body });
  if (!ok) throw new Error(`${methodAndPath} was answered with ${status}`);
}
