import assert from "node:assert/strict";
import { fails, succeeds, writesOf } from "./support/acceptance";
import { describeEngine } from "./support/describeEngine";
import { diagnosticsOf } from "./support/terminal";

describeEngine(
  "engine: what a preview says of the task",
  { sandboxPer: "test", moreByHand: ["slow", "closed"] },
  (sandbox) => {
    const unknown = "was not found: it does not exist, or the token's account cannot see it.";

    /** What was asked for, in an order that does not depend on which of several requests came first. */
    function requests(): readonly string[] {
      const { emulator } = sandbox;
      return emulator.requests.map(({ method, path }) => `${method} ${path}`).sort();
    }

    /** Answers each request for a path with an error. */
    function refuse(path: RegExp, status: number, type: string): void {
      const { emulator } = sandbox;
      emulator.use(({ method, pathname }, { response }) => {
        if (method !== "GET" || !path.test(pathname)) return "pass";
        response.writeHead(status, { "Content-Type": "application/json" });
        response.end(JSON.stringify({ error: { type, message: "Sorry" } }));
        return "handled";
      });
    }

    it("is that it is unknown, with near names, or that its Actor is gone, and fails nothing", async () => {
      const { project } = sandbox;
      refuse(/^\/v2\/actors\//, 404, "record-not-found");
      project.program(`
        for (const name of ["first", "second"]) {
          new apify.TaskRun(name, { actorTaskId: "janedoe~by-hand-to", input: { name } });
        }
        new apify.TaskRun("own", { actorTaskId: "~SCRAPE" });
        new apify.TaskRun("foreign", { actorTaskId: "johndoe~private" });
        const gone = new apify.TaskRun("gone", { actorTaskId: "janedoe~scrape" });
        new apify.TaskRun("not-known-yet", { actorTaskId: gone.actId });`);
      const output = await succeeds(project.run(["preview"]));
      for (const name of ["first", "second"]) {
        assert.deepEqual(diagnosticsOf(output, name), [
          `Task janedoe~by-hand-to ${unknown} Did you mean janedoe~by-hand-too or janedoe~by-hand?`,
        ]);
      }
      assert.deepEqual(diagnosticsOf(output, "own"), [
        `Task ~SCRAPE ${unknown} Did you mean janedoe~scrape?`,
      ]);
      assert.deepEqual(diagnosticsOf(output, "foreign"), [`Task johndoe~private ${unknown}`]);
      assert.match(
        diagnosticsOf(output, "gone").join("\n"),
        /^Task janedoe~scrape exists, but its Actor \w+ was deleted, or the token's account cannot see it, so no run can be started\. Set `actorTaskId` to a task of another Actor/,
      );
      assert.deepEqual(diagnosticsOf(output, "not-known-yet"), []);
      const asked = requests();
      assert.match(asked.at(-1) ?? "", /^GET \/v2\/actors\/\w+$/);
      assert.deepEqual(asked.slice(0, -1), [
        "GET /v2/actor-tasks/janedoe~by-hand-to",
        "GET /v2/actor-tasks/janedoe~scrape",
        "GET /v2/actor-tasks/johndoe~private",
        "GET /v2/actor-tasks/~SCRAPE",
        "GET /v2/actor-tasks?desc=1&limit=1000",
      ]);
      // Without the flag, the first refusal keeps Pulumi from the creates that it has not sent yet.
      const failure = await fails(project.up("--continue-on-error"));
      assert.ok(diagnosticsOf(failure, "first").join().includes("Did you mean"), failure);
    });

    it("costs one read of a task for fifty resources, and none for those that stay as they are", async () => {
      const { emulator, project } = sandbox;
      const declare = (more: string): void => {
        project.program(`
          for (let index = 0; index < 50; index++) {
            new apify.TaskRun("run-" + index, { actorTaskId: "janedoe~scrape", input: { index } });
          }
          ${more}`);
      };
      const reads = [/^GET \/v2\/actor-tasks\/janedoe~scrape$/, /^GET \/v2\/actors\/\w+$/];
      declare("");
      await succeeds(project.run(["preview"]));
      assert.equal(requests().length, reads.length);
      requests().forEach((request, index) => {
        assert.match(request, reads[index] ?? /never/);
      });

      await succeeds(project.up());
      emulator.clearRequests();
      await succeeds(project.run(["preview", "--expect-no-changes"]));
      assert.deepEqual(requests(), []);

      declare('new apify.TaskRun("one-more", { actorTaskId: "janedoe~scrape" });');
      await succeeds(project.run(["preview"]));
      assert.equal(requests().length, reads.length);
      assert.deepEqual(writesOf(emulator), []);
    });

    it("is nothing, or a word, when it could not be looked up, and fails nothing", async () => {
      const { project } = sandbox;
      refuse(/~slow$/, 500, "internal-error");
      refuse(/~closed$/, 403, "insufficient-permissions");
      project.program(`
        new apify.TaskRun("slow", { actorTaskId: "janedoe~slow" });
        new apify.TaskRun("closed", { actorTaskId: "janedoe~closed" });`);
      const output = await succeeds(project.run(["preview"]));
      assert.deepEqual(diagnosticsOf(output, "slow"), []);
      assert.deepEqual(diagnosticsOf(output, "closed"), [
        "Could not check whether task janedoe~closed exists: Apify answered 403 insufficient-permissions to GET /v2/actor-tasks/janedoe~closed: Sorry",
      ]);
    });
  },
);
