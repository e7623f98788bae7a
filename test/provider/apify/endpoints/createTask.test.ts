import assert from "node:assert/strict";
import { ApifyError, ApifyNoResponseError } from "../../../../provider/apify/errors";
import { createTaskEndpoint } from "../../../../provider/apify/endpoints/createTask";
import { createAutoClock, endable } from "../../../support/fakeClock";
import { cut, json, reset, testServers, text } from "../../../support/httpServer";
import { open, token } from "../../support/connecting";
import type { CreateTaskOutcome, NewTask } from "../../../../provider/apify/endpoints/createTask";
import type { Answer, TestServer } from "../../../support/httpServer";

const { serve, nobody } = testServers();

const newTask: NewTask = { actId: "janedoe~by-hand", name: "prices" };
const task = { id: "task1", userId: "user1", actId: "actor1", name: "prices", novel: 5 };
const made = json(201, { data: task });

function create(
  server: { readonly baseUrl: string },
  given: NewTask = newTask,
): Promise<CreateTaskOutcome> {
  return createTaskEndpoint(open(server)).createTask(given);
}

/** How a create ends that gets these answers, and how often it is sent. */
async function ended(
  ...answers: readonly [Answer, ...Answer[]]
): Promise<{ result: CreateTaskOutcome; server: TestServer }> {
  const server = await serve(...answers);
  return { result: await create(server), server };
}

function refusal(status: number, type: string): Answer {
  return json(status, { error: { type, message: `No ${token}.` } });
}

describe("the request that creates a task", () => {
  it("has what is declared as its body, and nothing that is undefined", async () => {
    const server = await serve(made);
    const given: NewTask = {
      ...newTask,
      title: "Prices",
      description: undefined,
      input: { a: [1, { b: "ž🦊" }] },
      options: { memoryMbytes: 512 },
      actorStandby: { isEnabled: true },
    };
    await create(server, given);
    const [request, ...others] = server.requests;
    assert.deepEqual(others, []);
    assert.equal(request?.method, "POST");
    assert.equal(request.target, "/v2/actor-tasks");
    assert.equal(request.headers["content-type"], "application/json; charset=utf-8");
    assert.equal(request.headers.authorization, `Bearer ${token}`);
    assert.equal(request.body.toString(), JSON.stringify(given));
    assert.equal(request.body.includes("description"), false);
  });

  it("is sent on a connection of its own, so that no old one is lost under it", async () => {
    const sockets = new Set<unknown>();
    const server = await serve((response, request) => {
      sockets.add(response.socket);
      made(response, request);
    });
    const endpoint = createTaskEndpoint(open(server));
    await endpoint.createTask(newTask);
    await endpoint.createTask(newTask);
    assert.equal(sockets.size, 2);
  });
});

describe("the outcome of creating a task", () => {
  it("is the task, with what this version does not know", async () => {
    const { result } = await ended(made);
    assert.deepEqual(result, { outcome: "created", task });
  });

  const unknown: Readonly<Record<string, Answer>> = {
    "a reset": reset,
    "a body cut short": cut(201, '{"data":{"id":"ta'),
    "an empty body": text(201, ""),
    "a body that is not JSON": text(201, "<html>"),
    "another document": json(201, { id: "task1" }),
    "a task without an id": json(201, { data: { ...task, id: undefined } }),
    "408": text(408, ""),
    "500": text(500, ""),
    "502 with a page": text(502, "<html><title>Bad Gateway</title></html>"),
    "503 that asks for retry": text(503, "", { "Retry-After": "1" }),
    "a 500 with the type of a refusal": refusal(500, "actor-task-name-not-unique"),
  };
  for (const [what, answer] of Object.entries(unknown)) {
    it(`is unknown after ${what}, and it is not sent again`, async () => {
      const { result, server } = await ended(answer, made);
      assert.equal(result.outcome, "unknown");
      assert.equal(server.requests.length, 1);
    });
  }

  for (const [status, type, subject] of [
    [400, "invalid-input", "input"],
    [401, "invalid-token", "token"],
    [404, "actor-not-found", "missingActor"],
    [409, "actor-task-name-not-unique", "takenName"],
    [400, "name-not-unique", "takenName"],
  ] as const) {
    it(`is a refusal after ${status} ${type}`, async () => {
      const { result, server } = await ended(refusal(status, type), made);
      assert.ok(result.outcome === "refused" && result.error instanceof ApifyError);
      assert.equal(result.error.subject, subject);
      assert.equal(result.error.apifyMessage, "No [token].");
      assert.equal(server.requests.length, 1);
    });
  }

  it("is a refusal when nobody listens, since nothing can have arrived", async () => {
    const clock = createAutoClock({ holds: endable });
    const endpoint = createTaskEndpoint(open(await nobody(), { clock }));
    const result = await endpoint.createTask(newTask, { withinSecs: 5 });
    assert.ok(result.outcome === "refused" && result.error instanceof ApifyNoResponseError);
    assert.equal(result.error.kind, "unreachable");
  });

  it("is what comes after a response which proves that nothing was done", async () => {
    const { result, server } = await ended(text(429, ""), made);
    assert.equal(result.outcome, "created");
    assert.equal(server.requests.length, 2);
  });

  it("is a defect where it is one", async () => {
    const cyclic: Record<string, unknown> = {};
    cyclic.self = cyclic;
    const server = await serve(made);
    await assert.rejects(create(server, { ...newTask, input: cyclic }), TypeError);
    assert.equal(server.requests.length, 0);
  });
});
