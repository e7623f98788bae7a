import assert from "node:assert/strict";
import { runSchema } from "../../../../provider/apify/schemas/run";
import example from "../../../fixtures/run-201.json";

const least = { id: "r1", status: "READY" };

/** A value as JSON shows it: without what is undefined. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

describe("a run that is too large to be stored", () => {
  const long = "x".repeat(1_000_000);

  it("has its texts cut between two characters", () => {
    const read = runSchema.parse({
      ...least,
      statusMessage: long,
      meta: { userAgent: `ours ${long}` },
    });
    assert.equal(read.statusMessage, `${"x".repeat(10_000)}…`);
    assert.equal(read.meta?.userAgent?.slice(0, 6), "ours x");
    const emoji = runSchema.parse({ ...least, statusMessage: `${"x".repeat(9_999)}😀😀` });
    assert.equal(emoji.statusMessage, `${"x".repeat(9_999)}…`);
    const whole = "x".repeat(10_000);
    assert.equal(runSchema.parse({ ...least, statusMessage: whole }).statusMessage, whole);
  });

  it("is read without its large fields, and keeps the others", () => {
    const many = Object.fromEntries(
      Array.from({ length: 5_000 }, (_, index) => [`event${index}`, 1]),
    );
    const read = runSchema.parse({
      ...least,
      news: Array.from({ length: 20_000 }, () => "news"),
      chargedEventCounts: many,
      defaultDatasetId: "d1",
      exitCode: 3,
    });
    assert.deepEqual(plain(read), { ...least, defaultDatasetId: "d1", exitCode: 3 });
  });

  it("keeps what is documented when there are too many fields", () => {
    const many = Object.fromEntries(
      Array.from({ length: 100_000 }, (_, index) => [`field${index}`, "x".repeat(20)]),
    );
    const read = runSchema.parse({ ...many, ...example.data });
    assert.ok(JSON.stringify(read).length < 512 * 1024);
    assert.deepEqual({ ...read, ...example.data }, read);
  });
});
