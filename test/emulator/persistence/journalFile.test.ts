import assert from "node:assert/strict";
import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStoredJournal } from "../../../emulator/persistence/journalFile";

describe("the journal of an emulator", () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "journal-"));
    file = join(folder, "journal.jsonl");
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const write = (...records: object[]): void => {
    const journal = openStoredJournal(folder);
    const writer = journal.rewrite([...journal.records()] as object[]);
    for (const record of records) writer.append(record);
    writer.close();
  };
  const read = (): unknown[] => {
    const journal = openStoredJournal(folder);
    try {
      return [...journal.records()];
    } finally {
      journal.unlock();
    }
  };

  it("has no records at first", () => {
    assert.deepEqual(read(), []);
  });

  it("returns the records in their order, also after it was opened again", () => {
    write({ a: 1 }, { text: "two\nlines, 中文 🙂" });
    write({ c: 3 });
    assert.deepEqual(read(), [{ a: 1 }, { text: "two\nlines, 中文 🙂" }, { c: 3 }]);
  });

  it("returns records that are longer than what is read in one step", () => {
    const long = { text: "é".repeat(3 * 2 ** 20) };
    write(long, long);
    assert.deepEqual(read(), [long, long]);
  });

  it("ignores a last record that is not complete, wherever it was cut", () => {
    write({ a: 1 });
    const complete = statSync(file).size;
    write({ b: "é🙂" });
    const { size } = statSync(file);
    for (let end = size - 1; end >= complete; end -= 1) {
      truncateSync(file, end);
      assert.deepEqual(read(), [{ a: 1 }], `cut at byte ${end} of ${size}`);
    }
    write({ c: 3 });
    assert.deepEqual(read(), [{ a: 1 }, { c: 3 }]);
  });

  it("starts empty if its first line is not complete", () => {
    for (const start of ["", '{"journal"']) {
      writeFileSync(file, start);
      assert.deepEqual(read(), []);
    }
  });

  it("says which line is damaged", () => {
    write({ a: 1 });
    appendFileSync(file, "{]\n");
    assert.throws(read, /journal\.jsonl, line 3 is damaged\. Delete this line/);
  });

  for (const [what, text] of [
    ["another program", '{"some":"file"}\n'],
    ["an earlier version", '{"journal":"pulumi-apify emulator","version":1}\n'],
    ["a later version", '{"journal":"pulumi-apify emulator","version":3}\n'],
    ["nobody who writes objects", "null\n"],
  ] as const) {
    it(`refuses a file of ${what}, and leaves it as it is`, () => {
      writeFileSync(file, text);
      assert.throws(read, /was not written by this version of the emulator\. Use another folder/);
      assert.equal(readFileSync(file, "utf8"), text);
    });
  }

  it("is used by one emulator at a time", () => {
    const first = openStoredJournal(folder);
    assert.throws(read, new RegExp(`process ${process.pid}\\) uses `));
    first.unlock();
    assert.deepEqual(read(), []);
  });

  it("keeps its records if it cannot be replaced", () => {
    write({ a: 1 });
    const journal = openStoredJournal(folder);
    assert.throws(() => journal.rewrite(failing()), /cannot go on/);
    journal.unlock();
    assert.deepEqual(read(), [{ a: 1 }]);
  });

  it("writes nothing once it is closed: another file may have its descriptor", () => {
    const journal = openStoredJournal(folder);
    const writer = journal.rewrite([]);
    writer.close();
    writer.append({ late: true });
    assert.deepEqual(read(), []);
  });

  it("is readable only by its user", () => {
    write({ token: "emulator-token" });
    assert.equal(statSync(file).mode & 0o777, 0o600);
  });
});

function* failing(): Generator<object> {
  yield { b: 2 };
  throw new Error("cannot go on");
}
