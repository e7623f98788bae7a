import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { lockFolder } from "../../../emulator/persistence/folderLock";
import { identifyProcess } from "../../../emulator/persistence/processIdentity";
import type { ChildProcessByStdio } from "node:child_process";
import type { Readable, Writable } from "node:stream";

const contenders = 6;
const program = resolve(__dirname, "support/lockWhenTold.ts");

type Contender = ChildProcessByStdio<Writable, Readable, null>;

describe("the lock of a folder", () => {
  let folder: string;
  const children: { kill: (signal: "SIGKILL") => void }[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "lock-"));
  });
  afterEach(() => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
    rmSync(folder, { recursive: true });
  });

  const self = identifyProcess(process.pid);
  const leaveLock = (owner: unknown): void => {
    writeFileSync(join(folder, "lock-7"), JSON.stringify(owner));
  };

  it("is held by one at a time, again and again", () => {
    for (let time = 0; time < 3; time += 1) {
      const unlock = lockFolder(folder);
      assert.throws(() => lockFolder(folder), new RegExp(`\\(process ${process.pid}\\) uses `));
      unlock();
    }
    assert.deepEqual(readdirSync(folder), ["lock-3"]);
  });

  it("says what to do if another one holds it", () => {
    lockFolder(folder);
    assert.throws(
      () => lockFolder(folder),
      (error: Error) => error.message.endsWith(`delete ${join(folder, "lock-1")}.`),
    );
  });

  it("can be released after its folder was deleted", () => {
    const unlock = lockFolder(folder);
    rmSync(join(folder, "lock-1"));
    unlock();
  });

  for (const [what, owner] of [
    ["has ended", { ...self, pid: 2 ** 31 - 2 }],
    ["has ended and left its id to another one", { ...self, start: "1" }],
    ["ended with an earlier boot", { ...self, place: "another-boot pid:[1]" }],
  ] as const) {
    it(`passes from a process that ${what}`, () => {
      leaveLock(owner);
      lockFolder(folder);
      assert.deepEqual(readdirSync(folder), ["lock-8"]);
    });
  }

  it("passes from a process that is a zombie", async function () {
    // Only /proc tells that a process is a zombie.
    if (process.platform !== "linux") this.skip();
    // The shell becomes a program that does not wait for the child that the shell had started.
    const parent = spawn("/bin/sh", ["-c", "sleep 0 & echo $!; exec sleep 60"], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    children.push(parent);
    const [output] = (await parent.stdout.take(1).toArray()) as Buffer[];
    const pid = Number(output);
    while (!readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z ")) {
      await new Promise((done) => setImmediate(done));
    }
    leaveLock({ ...self, pid, start: identifyStart(pid) });
    lockFolder(folder);
  });

  it("does not pass from a process in another container, which cannot be seen", function () {
    // Only /proc tells in which container a process is.
    if (process.platform !== "linux") this.skip();
    const [boot] = self.place.split(" ");
    leaveLock({ ...self, place: `${boot} pid:[1]` });
    assert.throws(() => lockFolder(folder), /in another container uses .* delete .*lock-7\.$/);
  });

  it("does not pass from a process that is about to write who it is", () => {
    const file = join(folder, "lock-7");
    writeFileSync(file, "");
    assert.throws(() => lockFolder(folder), /Another emulator uses/);
    utimesSync(file, 0, 0);
    lockFolder(folder);
  });

  it("passes to exactly one of many who find at once that its process has ended", async () => {
    const answers = Array.from({ length: contenders }, () => {
      const child: Contender = spawn(process.execPath, ["-r", "tsx/cjs", program, folder], {
        stdio: ["pipe", "pipe", "inherit"],
      });
      children.push(child);
      return { child, lines: child.stdout.setEncoding("utf8")[Symbol.asyncIterator]() };
    });
    for (const { lines } of answers) assert.match(String((await lines.next()).value), /ready/);
    leaveLock({ ...self, pid: 2 ** 31 - 2 });
    for (const { child } of answers) child.stdin.write("lock\n");
    const results = await Promise.all(
      answers.map(async ({ lines }) => String((await lines.next()).value)),
    );
    assert.equal(results.filter((text) => text === "locked\n").length, 1, results.join(""));
  });
});

/** The start of a process, also of a zombie. */
function identifyStart(pid: number): string {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}
