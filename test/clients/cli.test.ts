import assert from "node:assert/strict";
import { startEmulator } from "../../emulator";
import { responseChecks } from "../emulator/support/checkResponses";
import { clientDeclaration } from "./clientDeclaration";
import { startCliSession } from "./cliSession";
import type { Emulator, Run } from "../../emulator";
import type { CliResult, CliSession } from "./cliSession";

describe("the Apify CLI", () => {
  // Each command is a process of its own, and takes a second or more.
  const checkResponses = responseChecks();
  let emulator: Emulator;
  let cli: CliSession;
  let run: Run;

  before(async () => {
    emulator = await startEmulator({ declaration: clientDeclaration });
    checkResponses(emulator);
    cli = startCliSession(emulator);
    assertOutput(await cli.run("login", "--token", "jane-token"), /logged in to Apify as janedoe/);
  });
  after(async () => {
    cli.remove();
    await emulator.close();
  });

  /** Checks that a command succeeded and printed all of these. */
  const assertOutput = ({ exitCode, stdout, stderr }: CliResult, ...wanted: RegExp[]): void => {
    const output = stdout + stderr;
    assert.equal(exitCode, 0, output);
    for (const each of wanted) assert.match(output, each);
  };

  const json = async (...args: readonly string[]): Promise<unknown> => {
    const result = await cli.run(...args, "--json");
    assert.equal(result.exitCode, 0, result.stderr);
    return JSON.parse(result.stdout);
  };

  it("refuses a wrong token", async () => {
    const other = startCliSession(emulator);
    // The CLI says so, but exits with 0: https://github.com/apify/apify-cli/issues/1254
    const { stdout, stderr } = await other.run("login", "--token", "wrong");
    assert.match(stdout + stderr, /API token is not valid/);
    other.remove();
  });

  it("shows who is logged in", async () => {
    assertOutput(await cli.run("info"), /username: janedoe/, /userId: \w+/);
  });

  it("runs a task, follows its log and waits for its end", async () => {
    const result = await cli.run("task", "run", "nightly");
    assertOutput(result, /looking for prices/, /Run: SUCCEEDED/);
    const [started] = emulator.runs();
    assert.ok(started);
    run = started;
    assert.match(result.stdout, new RegExp(`Run ID: ${run.id}`));
    assert.match(run.meta.origin, /^CLI|CI$/);
  });

  it("fails if the run of a task fails", async () => {
    const { exitCode, stdout, stderr } = await cli.run("task", "run", "broken");
    assert.notEqual(exitCode, 0);
    assert.match(stdout + stderr, /FAILED/);
  });

  it("lists, shows and follows runs", async () => {
    assertOutput(await cli.run("runs", "ls", "janedoe/prices"), new RegExp(run.id), /Succeeded/);
    assertOutput(await cli.run("runs", "info", run.id), /Actor: janedoe\/prices/, /Task: nightly/);
    assertOutput(await cli.run("runs", "log", run.id), /Z looking for prices/);
  });

  it("aborts, resurrects and removes runs", async () => {
    const { id } = emulator.addRun({ task: "janedoe~by-hand" });
    assertOutput(await cli.run("runs", "abort", id, "--force"), /abort/i);
    assert.equal(
      (await emulator.whenRun((each) => each.id === id && each.finishedAt !== null)).status,
      "ABORTED",
    );
    assertOutput(await cli.run("runs", "resurrect", id), /resurrected successfully/);
    assert.equal(emulator.run(id)?.finishedAt, null);
    emulator.finish(id);
    assertOutput(await cli.run("runs", "rm", id, "--yes"), /deleted/);
    assert.equal(emulator.run(id), undefined);
  });

  it("lists, shows and reads datasets", async () => {
    const { defaultDatasetId: id } = run;
    assertOutput(await cli.run("datasets", "ls", "--unnamed"), new RegExp(id));
    assertOutput(await cli.run("datasets", "info", id), new RegExp(id), /janedoe/);
    const { stdout } = await cli.run("datasets", "get-items", id);
    assert.deepEqual(JSON.parse(stdout), [{ price: 12 }, { price: 15 }]);
    assertOutput(
      await cli.run("datasets", "get-items", id, "--format", "csv"),
      /price\r?\n12\r?\n15/,
    );
  });

  it("lists, shows and reads key-value stores", async () => {
    const { defaultKeyValueStoreId: id } = run;
    assertOutput(await cli.run("key-value-stores", "ls", "--unnamed"), new RegExp(id));
    assertOutput(await cli.run("key-value-stores", "info", id), new RegExp(id), /janedoe/);
    assertOutput(await cli.run("key-value-stores", "keys", id), /INPUT/, /OUTPUT/);
    const { stdout } = await cli.run("key-value-stores", "get-value", id, "OUTPUT");
    assert.deepEqual(JSON.parse(stdout), { cheapest: 12 });
  });

  it("lists and shows Actors and their builds", async () => {
    assertOutput(await cli.run("builds", "ls", "janedoe/prices"), /0\.1\.1 \(latest\)/);
    assertOutput(
      await cli.run("actors", "info", "janedoe/prices"),
      /Price scraper|janedoe\/prices/,
    );
    assertOutput(await cli.run("actors", "ls", "--my"), /prices/, /by-hand/);
  });

  it("prints answers as JSON", async () => {
    assert.equal(((await json("runs", "info", run.id)) as Run).status, "SUCCEEDED");
  });

  it("calls any endpoint", async () => {
    const { stdout, exitCode } = await cli.run("api", "GET", "v2/users/me");
    assert.equal(exitCode, 0);
    const { data } = JSON.parse(stdout) as { data: { username: string } };
    assert.equal(data.username, "janedoe");
    const unknown = await cli.run("api", "GET", "v2/nothing");
    assert.notEqual(unknown.exitCode, 0);
    assert.match(unknown.stdout + unknown.stderr, /no API endpoint|page-not-found/);
  });
});
