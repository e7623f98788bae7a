import assert from "node:assert/strict";
import { expectSettled, fails, recordedRun, succeeds } from "./support/acceptance";
import { describeEngine } from "./support/describeEngine";
import type { Project } from "./support/project";

const tokenOfNobody = "apify_api_TokenOfNobody";
const nowhere = {
  APIFY_TOKEN: tokenOfNobody,
  APIFY_API_BASE_URL: "http://127.0.0.1:1",
  APIFY_CONSOLE_URL: "http://127.0.0.1:1",
};

describeEngine("engine: configuration", { sandboxPer: "suite" }, (sandbox) => {
  async function expectRunThere(project: Project, args: object, console: string): Promise<void> {
    const { emulator } = sandbox;
    const all = { actorTaskId: "janedoe~scrape", ...args };
    project.program(`
      const prices = new apify.TaskRun("prices", ${JSON.stringify(all)});
      exports.consoleUrl = prices.consoleUrl;`);
    const output = await succeeds(project.up());
    const { id, actorTaskId } = await recordedRun(project);
    const link = `${console}/actors/tasks/${actorTaskId ?? ""}/runs/${id}`;
    assert.deepEqual(await project.outputs(), { consoleUrl: link });
    assert.ok(output.includes(`Run ${id} started: ${link}`), output);
    assert.equal(emulator.run(id)?.status, "SUCCEEDED");
    await expectSettled(emulator, project);
  }

  it("APIFY_TOKEN, APIFY_API_BASE_URL and APIFY_CONSOLE_URL are enough", async () => {
    const { emulator, openProject, environment } = sandbox;
    const APIFY_CONSOLE_URL = "https://console.example";
    const APIFY_API_BASE_URL = `${emulator.url}/v2`;
    const all = { ...environment, APIFY_API_BASE_URL, APIFY_CONSOLE_URL };
    const project = await openProject("environment", all);
    await expectRunThere(project, {}, APIFY_CONSOLE_URL);
  });

  it("apify:token, apify:baseUrl and apify:consoleUrl win over them", async () => {
    const { emulator, token, openProject } = sandbox;
    const project = await openProject("configuration", nowhere);
    await succeeds(project.run(["config", "set", "--secret", "apify:token", token]));
    await succeeds(project.run(["config", "set", "apify:baseUrl", `${emulator.url}/v2/`]));
    await succeeds(project.run(["config", "set", "apify:consoleUrl", "https://console.example/"]));
    await expectRunThere(project, {}, "https://console.example");
  });

  it("an entry of apify:accounts needs nothing of them", async () => {
    const { emulator, token, openProject } = sandbox;
    const project = await openProject("accounts", { APIFY_API_BASE_URL: "http://127.0.0.1:1" });
    const entry = ["config", "set", "--secret", "--path"];
    await succeeds(project.run([...entry, "apify:accounts.jane.token", token]));
    await succeeds(project.run([...entry, "apify:accounts.jane.baseUrl", emulator.url]));
    await expectRunThere(project, { account: "jane" }, "https://console.apify.com");
  });

  it("a token that is set after the last up counts for a refresh and a destroy that run the program", async () => {
    const { emulator, project, token } = sandbox;
    const setToken = (value: string): Promise<string> =>
      succeeds(project.run(["config", "set", "--secret", "apify:token", value]));
    await setToken(token);
    project.program(
      'new apify.TaskRun("prices", { actorTaskId: "janedoe~by-hand", waitSecs: 0 });',
    );
    await succeeds(project.up());

    await setToken(tokenOfNobody);
    await succeeds(project.refresh("--expect-no-changes"));
    const refused = await fails(project.refresh("--run-program"));
    assert.match(
      refused,
      /Apify answered 401 .*\n +Check the token in apify:token \(which overrides APIFY_TOKEN\)\. /,
    );
    assert.match(refused, /use the token of the last `pulumi up`\..*add --run-program/);
    assert.ok(!refused.includes("    at "), refused);
    assert.ok(!refused.includes(tokenOfNobody) && !refused.includes(token), refused);

    await setToken(token);
    await succeeds(project.destroy("--run-program"));
    assert.deepEqual(await project.taskRuns(), []);
    assert.deepEqual(emulator.liveRuns(), []);
  });
});
