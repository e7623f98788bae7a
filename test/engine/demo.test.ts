import assert from "node:assert/strict";
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { descendantsOf, kill } from "./support/processes";

const repository = resolve(__dirname, "../..");
const folder = join(repository, ".cache", "demo");

/** `npm run demo`, without the set-up that every npm script does. */
interface Demo {
  readonly process: ChildProcess;
  /** Resolves when the demo has printed `text`. */
  shows(text: string): Promise<void>;
  readonly shown: () => string;
  readonly ended: Promise<number | null>;
}

function startDemo(...args: readonly string[]): Demo {
  const script = ["-r", "ts-node/register/transpile-only", "scripts/demo.ts"];
  const child = spawn(process.execPath, [...script, ...args], {
    cwd: repository,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let shown = "";
  const readers = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      shown += text;
      for (const read of readers) read();
    });
  }
  const ended = new Promise<number | null>((done) => {
    child.once("close", done);
  });
  return {
    process: child,
    shown: () => shown,
    ended,
    shows: (text) =>
      new Promise((done, fail) => {
        const read = (): void => {
          if (shown.includes(text)) done();
        };
        readers.add(read);
        read();
        void ended.then(() => {
          fail(new Error(`The demo ended without "${text}":\n${shown}`));
        });
      }),
  };
}

/** The blocks of commands that a text offers to copy. */
function commandsIn(text: string): readonly string[] {
  return text.split("\n\n").filter((block) => /^(export|cd|pulumi|curl|rm) /.test(block));
}

describe("engine: the demo", function () {
  this.timeout(600_000);
  let demo: Demo;
  let home: string;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "pulumi-apify-test-"));
  });

  afterEach(() => {
    const { pid = 0 } = demo.process;
    for (const each of [...descendantsOf(pid).map((child) => child.pid), pid]) kill(each);
    for (const each of [home, folder]) rmSync(each, { recursive: true, force: true });
  });

  /** A second terminal, which knows nothing of the demo but what is pasted into it. */
  function paste(...blocks: readonly string[]): string {
    const { status, stdout, stderr } = spawnSync("bash", ["--noprofile", "--norc", "-e"], {
      input: `${blocks.join("\n")}\n`,
      encoding: "utf8",
      cwd: home,
      env: { HOME: home, PATH: "/usr/local/bin:/usr/bin:/bin", TERM: "dumb" },
    });
    assert.equal(status, 0, stdout + stderr);
    return stdout;
  }

  it("kept for a look around, gives commands that work as they are, and says what it leaves", async () => {
    demo = startDemo("--keep");
    await demo.shows("Press ^C here to go on");
    const invitation = demo.shown().slice(demo.shown().indexOf("── Look around"));
    const [environment = "", look = "", change = "", consumer = "", ...more] =
      commandsIn(invitation);
    assert.deepEqual(more, []);

    const seen = paste(environment, look);
    assert.match(seen, /status +SUCCEEDED/);
    assert.match(seen, /name,version,license,bytes\s+mocha,11\./);
    const [, pages = ""] = /in\s+a\s+browser:\s+(http:\/\/127\.0\.0\.1:\d+)/.exec(invitation) ?? [];
    const { status } = await fetch(pages, { headers: { Accept: "text/html" } });
    assert.equal(status, 200);
    const changed = paste(environment, change);
    assert.match(changed, /Task inventory update .*\[diff: ~fingerprint,input\]/);
    assert.match(changed, /TaskRun inventory replace .*\[diff: ~triggers\]/);
    assert.match(changed, /\+-1 replaced/);
    assert.match(paste(environment, consumer), /"zod@/);

    demo.process.kill("SIGINT");
    assert.equal(await demo.ended, 0, demo.shown());
    assert.ok(existsSync(folder));
    const farewell = demo.shown().slice(demo.shown().indexOf("── That was all"));
    paste(...commandsIn(farewell));
    assert.equal(existsSync(folder), false);
  });

  it("leaves nothing behind when it is interrupted", async () => {
    demo = startDemo();
    await demo.shows("1 of 3 packages");
    const started = descendantsOf(demo.process.pid ?? 0).filter(({ command }) =>
      /actor\.js \d+$/.test(command),
    );
    assert.equal(started.length, 1);
    demo.process.kill("SIGINT");
    assert.equal(await demo.ended, 130, demo.shown());
    assert.match(demo.shown(), /The demo was interrupted\.\n$/);
    assert.equal(existsSync(folder), false);
    assert.deepEqual(
      started.filter(({ pid }) => existsSync(`/proc/${pid}`)),
      [],
    );
  });
});
