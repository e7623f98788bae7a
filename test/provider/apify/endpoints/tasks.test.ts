import assert from "node:assert/strict";
import { taskEndpoints } from "../../../../provider/apify/endpoints/tasks";
import { json, reset, testServers, text } from "../../../support/httpServer";
import { apifyError, open } from "../../support/connecting";

const { serve } = testServers();

const task = { id: "task1", userId: "user1", actId: "actor1", name: "prices" };

describe("the request that changes a task", () => {
  it("has the fields as its body: null resets one, undefined leaves it alone", async () => {
    const server = await serve(json(200, { data: task }));
    const endpoints = taskEndpoints(open(server));
    const fields = { name: undefined, title: null, input: { a: 1 } };
    assert.deepEqual(await endpoints.updateTask("task1", fields), task);
    const [request] = server.requests;
    assert.equal(request?.method, "PUT");
    assert.equal(request.target, "/v2/actor-tasks/task1");
    assert.equal(request.body.toString(), '{"title":null,"input":{"a":1}}');
  });

  it("is repeated with the same body until it is answered", async () => {
    const server = await serve(reset, text(503, ""), json(200, { data: task }));
    await taskEndpoints(open(server)).updateTask("task1", { title: "A" });
    const bodies = server.requests.map(({ body }) => body.toString());
    assert.deepEqual(bodies, ['{"title":"A"}', '{"title":"A"}', '{"title":"A"}']);
  });

  it("is not repeated when another task has the name", async () => {
    const error = { type: "actor-task-name-not-unique", message: "m" };
    const server = await serve(json(409, { error }));
    const endpoints = taskEndpoints(open(server));
    const { subject } = await apifyError(endpoints.updateTask("task1", { name: "other" }));
    assert.equal(subject, "takenName");
    assert.equal(server.requests.length, 1);
  });
});

describe("the request that deletes a task", () => {
  it("names the task alone, and takes an empty answer", async () => {
    const server = await serve(text(204, ""));
    await taskEndpoints(open(server)).deleteTask("task1");
    const [request] = server.requests;
    assert.equal(request?.method, "DELETE");
    assert.equal(request.target, "/v2/actor-tasks/task1");
    assert.equal(request.body.length, 0);
  });

  it("goes to no other path, whatever the id is", async () => {
    const server = await serve(text(204, ""));
    await taskEndpoints(open(server)).deleteTask("a/b?c#d");
    assert.equal(server.requests[0]?.target, "/v2/actor-tasks/a%2Fb%3Fc%23d");
  });
});
