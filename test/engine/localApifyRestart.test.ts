import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fails, succeeds } from "./support/acceptance";
import { createProject, temporaryBackend, type Backend, type Project } from "./support/project";
import type { ChildProcess } from "node:child_process";
import type { AddressInfo } from "node:net";

const main = resolve(__dirname, "../../dist/emulator/main.js");
const token = "emulator-token";

describe("a local Apify that is killed in the middle of a run", () => {
  let folder: string;
  let backend: Backend;
  let project: Project;
  let port: number;
  let apify: ChildProcess | undefined;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "local-apify-"));
    backend = temporaryBackend();
    port = await freePort();
    // Its run ends once the file "finish" is there, and every 50 ms it looks for that.
    const source = `setInterval(() => require("node:fs").existsSync("finish") && process.exit(), 50)`;
    writeFileSync(
      join(folder, "actors.json"),
      JSON.stringify({
        users: [{ username: "janedoe", token }],
        actors: [{ username: "janedoe", name: "slow", command: ["node", "-e", source] }],
        tasks: [{ username: "janedoe", name: "slow", actor: "janedoe~slow" }],
      }),
    );
    project = await createProject({
      backend,
      environment: { APIFY_API_BASE_URL: `http://127.0.0.1:${port}`, APIFY_TOKEN: token },
    });
    project.program(`new apify.TaskRun("slow", { actorTaskId: "~slow" });`);
  });
  after(() => {
    apify?.kill("SIGKILL");
    project.killAll();
    backend.remove();
    rmSync(folder, { recursive: true });
  });

  const start = async (): Promise<void> => {
    const files = ["--actors", join(folder, "actors.json"), "--state", join(folder, "state")];
    apify = spawn(process.execPath, [main, "emulator", "--port", String(port), ...files], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(apify.stdout ?? apify, "data");
  };

  const runs = async (): Promise<readonly { readonly status: string }[]> => {
    const headers = { Authorization: `Bearer ${token}` };
    const response = await fetch(`http://127.0.0.1:${port}/v2/actor-runs`, { headers });
    return ((await response.json()) as { data: { items: { status: string }[] } }).data.items;
  };

  it("continues the run when it is started again, and the next up waits for it", async () => {
    await start();
    const interrupted = project.start(["up", "--yes", "--skip-preview"]);
    await interrupted.shows("started");
    apify?.kill("SIGKILL");
    await fails(interrupted.ended);

    await start();
    assert.deepEqual(
      (await runs()).map(({ status }) => status),
      ["RUNNING"],
    );
    writeFileSync(join(folder, "finish"), "");
    await succeeds(project.up());
    assert.deepEqual(
      (await runs()).map(({ status }) => status),
      ["SUCCEEDED"],
    );
  });

  it("has nothing to do then", async () => {
    const output = await succeeds(project.up("--expect-no-changes"));
    assert.match(output, /unchanged/);
    await succeeds(project.destroy());
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
