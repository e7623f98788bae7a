import assert from "node:assert/strict";
import { Agent } from "node:http";
import { inspect } from "node:util";
import { allRoutes } from "../../emulator/routes";
import { amount, chosenSeed } from "../support/figures";
import { clientDeclaration } from "./clientDeclaration";
import { problemOf } from "../emulator/support/checkResponses";
import { closeEmulatorsAfterEach, startTestEmulator } from "../emulator/support/emulator";
import { seededChoices } from "../emulator/support/fuzz/choices";
import { exchange, exchangeBytes } from "../emulator/support/fuzz/exchange";
import { usedBytes } from "../emulator/support/fuzz/heap";
import { malformedRequest } from "../emulator/support/fuzz/malformed";
import { fuzzPageRequest } from "../emulator/support/fuzz/pages";
import { fuzzRequest } from "../emulator/support/fuzz/requests";
import { endpoints } from "../emulator/support/schemas/endpoints";
import type { Run } from "../../emulator";
import type { EmulatorState } from "../../emulator/state/emulatorState";
import type { CheckedAnswer } from "../emulator/support/checkResponses";
import type { TestEmulator } from "../emulator/support/emulator";

import type { FuzzRequest, Known } from "../emulator/support/fuzz/requests";

const requests = amount({ quick: 5_000, full: 50_000 });
const connections = 16;
/** Between these, everything that the requests have made is deleted. */
const rounds = 40;
const maxProblems = 20;
const maxGrowthBytes = 32 * 2 ** 20;

describe("a random request", function () {
  this.timeout(600_000);
  closeEmulatorsAfterEach();

  it("is answered as Apify would answer it, and leaves nothing behind", async () => {
    const seed = chosenSeed();
    console.log(`      seed ${seed}: set PULUMI_APIFY_SEED to repeat it`);
    const choices = seededChoices(seed);
    const emulator = await startTestEmulator({
      declaration: clientDeclaration,
      recording: { maxRequests: 10 },
    });
    const agent = new Agent({ keepAlive: true, maxSockets: connections });
    const browser = { cookie: await signIn(emulator), origin: emulator.url };
    const stop = passTime(emulator);
    const used: number[] = [];
    const problems = new Map<string, string>();
    try {
      for (let round = 0; round < rounds; round += 1) {
        for (let sent = 0; sent < requests / rounds; sent += connections) {
          const known = { endpoints: endpointNames(), ids: idsOf(emulator) };
          const next = (): Promise<Problem | undefined> => {
            if (choices.oneIn(10)) return problemOfBytes(emulator.url, malformedRequest(choices));
            const request = choices.oneIn(5)
              ? fuzzPageRequest(choices, known, browser)
              : fuzzRequest(choices, known);
            return problemOfRequest(emulator.url, request, agent);
          };
          const batch = Array.from({ length: connections }, next);
          for (const problem of await Promise.all(batch)) {
            if (problem !== undefined) problems.set(problem.kind, problem.text);
          }
          if (problems.size >= maxProblems) break;
        }
        await deleteAll(emulator);
        used.push(usedBytes());
      }
    } finally {
      stop();
      agent.destroy();
    }
    if (problems.size > 0) throw new Error([...problems.values()].join("\n\n"));
    const growth = (used.at(-1) ?? 0) - (used[rounds / 2] ?? 0);
    assert.ok(growth < maxGrowthBytes, `The memory grew: ${used.join(", ")}`);
  });
});

/** Signs in to the pages, and returns the cookie of the session. */
async function signIn({ url }: TestEmulator): Promise<string> {
  const { headers } = await fetch(`${url}/sign-in`, {
    method: "POST",
    redirect: "manual",
    headers: { Accept: "text/html", Origin: url },
    body: new URLSearchParams({ token: "jane-token" }),
  });
  const [cookie = ""] = (headers.get("set-cookie") ?? "").split(";");
  assert.notEqual(cookie, "");
  return cookie;
}

/** Lets time pass while requests wait for it. Call the returned function to stop it. */
function passTime({ clock }: TestEmulator): () => void {
  let isOver = false;
  const pass = (): void => {
    if (isOver) return;
    clock.advance(1_000);
    setImmediate(pass);
  };
  pass();
  return () => {
    isOver = true;
  };
}

/** Apify's endpoints and the emulator's own. */
function endpointNames(): [string, ...string[]] {
  const own = allRoutes({} as EmulatorState);
  const [first, ...others] = [...endpoints, ...own].map(
    ({ method, pattern }) => `${method} ${pattern}`,
  );
  return [first ?? "GET /", ...others];
}

/** What exists now, by what comes before it in a path. */
function idsOf(emulator: TestEmulator): Known["ids"] {
  const recent = emulator.runs().slice(-8);
  const of = (id: (run: Run) => string): [string, ...string[]] => ["none", ...recent.map(id)];
  return {
    actors: ["janedoe~prices", "~by-hand", "~paid", "~broken", ...of(({ actId }) => actId)],
    "actor-tasks": ["janedoe~nightly", "~by-hand", "~paid", "~broken"],
    "actor-runs": of(({ id }) => id),
    runs: of(({ id }) => id),
    logs: of(({ id }) => id),
    "actor-builds": of(({ buildId }) => buildId),
    builds: of(({ buildId }) => buildId),
    versions: ["0.1"],
    datasets: of(({ defaultDatasetId }) => defaultDatasetId),
    "key-value-stores": of(({ defaultKeyValueStoreId }) => defaultKeyValueStoreId),
    "request-queues": of(({ defaultRequestQueueId }) => defaultRequestQueueId),
    records: ["INPUT", "OUTPUT", "a.b", "(x)"],
    users: ["janedoe", "johndoe"],
  };
}

/** What is wrong with an answer. Of each kind, one is reported. */
interface Problem {
  readonly kind: string;
  readonly text: string;
}

async function problemOfRequest(
  url: string,
  request: FuzzRequest,
  agent: Agent,
): Promise<Problem | undefined> {
  const problem = await exchange(url, request, agent).then(
    (answer) => (answer === undefined ? undefined : problemOfAnswer(url, request, answer)),
    (error: unknown) => String(error),
  );
  if (problem === undefined) return undefined;
  const shown = inspect(request, { maxStringLength: 2_000, depth: 4 });
  const body = inspect(request.body.toString(), { maxStringLength: 500 });
  return { kind: problem, text: `${problem}\n${shown}\n${body}` };
}

function problemOfAnswer(
  url: string,
  { method, path }: FuzzRequest,
  answer: CheckedAnswer,
): string | undefined {
  const pathname = path.startsWith("/") ? new URL(url + path).pathname : path;
  const isPage = !pathname.startsWith("/v2/");
  if (isPage && answer.status < 500) return undefined;
  const problem = problemOf(method, pathname, answer);
  return problem === undefined ? undefined : `${answer.status}: ${problem}`;
}

async function problemOfBytes(url: string, bytes: Buffer): Promise<Problem | undefined> {
  const text = await exchangeBytes(url, bytes).catch(String);
  const statuses = [...text.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status));
  if (text === "" || (statuses.length > 0 && statuses.every((status) => status < 500))) {
    return undefined;
  }
  return { kind: text, text: `${text}\n${inspect(bytes.toString("latin1"))}` };
}

/** Deletes the runs, the storages and the tasks, and adds the declared tasks that are gone. */
async function deleteAll(emulator: TestEmulator): Promise<void> {
  for (const { id } of emulator.runs()) emulator.expireRun(id);
  for (const kind of ["datasets", "key-value-stores", "request-queues", "actor-tasks"]) {
    const { data } = await emulator.call<{ items: { id: string }[] }>(`GET /v2/${kind}?unnamed=1`);
    for (const { id } of data.items) await emulator.call(`DELETE /v2/${kind}/${id}`);
  }
  for (const { name, actor } of clientDeclaration.tasks ?? []) {
    const { data } = await emulator.call<{ id: string }>(`GET /v2/actors/${actor}`);
    const task = { actId: data.id, name };
    const { status, text } = await emulator.call("POST /v2/actor-tasks", { json: task });
    assert.equal(status, 201, text);
  }
}
