import assert from "node:assert/strict";
import { once } from "node:events";
import { readRunLog, readRunLogTail } from "../../../../provider/apify/endpoints/runLog";
import { cut, testServers, text } from "../../../support/httpServer";
import { failure, open, token } from "../../support/connecting";
import type { Answer } from "../../../support/httpServer";

const { serve } = testServers();

async function linesOf(...answers: readonly [Answer, ...Answer[]]): Promise<string[]> {
  const lines: string[] = [];
  await readRunLog(open(await serve(...answers)), "r", { onLine: (line) => lines.push(line) });
  return lines;
}

describe("the log of a run", () => {
  it("is given line by line, without the token", async () => {
    assert.deepEqual(await linesOf(text(200, `one\ntwo ${token}\n\nend`)), [
      "one",
      "two [token]",
      "",
      "end",
    ]);
  });

  it("is given once when the connection breaks in between", async () => {
    const lines = await linesOf(
      cut(200, "one\ntw"),
      text(503, "three lines\nthat are\nno log\n"),
      cut(200, "one\ntwo\nthr"),
      text(200, "one\ntwo\nthree\n"),
    );
    assert.deepEqual(lines, ["one", "two", "three"]);
  });

  it("is given from the line on that is asked for", async () => {
    const lines: string[] = [];
    const connection = open(await serve(cut(200, "one\ntwo\nth"), text(200, "one\ntwo\nthree")));
    await readRunLog(connection, "r", { fromLine: 1, onLine: (line) => lines.push(line) });
    assert.deepEqual(lines, ["two", "three"]);
  });

  it("is given while it is being written, uncompressed, when it is followed", async () => {
    const lines: string[] = [];
    const server = await serve((response) => {
      response.write("one\ntwo");
      void once(seen, "line").then(() => response.end(" and more\n"));
    });
    const seen = new EventTarget();
    await readRunLog(open(server), "r", {
      followSecs: 60,
      onLine: (line) => {
        lines.push(line);
        seen.dispatchEvent(new Event("line"));
      },
    });
    assert.deepEqual(lines, ["one", "two and more"]);
    assert.equal(server.requests[0]?.headers["accept-encoding"], "identity");
  });

  it("is an error when it is refused, and none of the response is a line", async () => {
    const lines: string[] = [];
    const server = await serve(text(404, "no\nsuch run\n"));
    await failure(readRunLog(open(server), "r", { onLine: (line) => lines.push(line) }));
    assert.deepEqual(lines, []);
  });
});

describe("the end of a run's log", () => {
  const tailOf = async (log: string, lines: number): Promise<readonly string[]> =>
    readRunLogTail(open(await serve(text(200, log))), "r", lines);

  it("is empty for an empty log", async () => {
    assert.deepEqual(await tailOf("", 3), []);
    assert.deepEqual(await tailOf("\n \r\n\n", 3), []);
  });

  it("is the whole of a short log", async () => {
    assert.deepEqual(await tailOf("one\ntwo", 3), ["one", "two"]);
  });

  it("is the last lines, blank ones left out, and no space of others", async () => {
    assert.deepEqual(await tailOf("one\ntwo\n\n  three \r\n\r\n \t \nfour\n", 2), [
      "  three ",
      "four",
    ]);
  });

  it("leaves out the time stamps in front of lines and keeps those within", async () => {
    const log = "2026-01-01T00:00:00.123Z INFO at 2026-01-01T00:00:00.123Z\n  indented\n";
    assert.deepEqual(await tailOf(log, 5), ["INFO at 2026-01-01T00:00:00.123Z", "  indented"]);
  });

  it("keeps what only looks like a time stamp", async () => {
    const lines = [
      "2026-01-01 INFO",
      "12026-01-01T00:00:00.123Z x",
      "2026-01-01T00:00:00.123Zx",
      "a 2026-01-01T00:00:00Z x",
      "2026-01-01T00:00:00.123 x",
    ];
    assert.deepEqual(await tailOf(lines.join("\n"), 9), lines);
  });

  const tail = ["before", "after"];
  const streams = {
    "of many lines": () => `${"x".repeat(99)}\n`.repeat(10_000),
    "of one line without an end": () => "x".repeat(1_000_000),
  };
  for (const [what, million] of Object.entries(streams)) {
    it(`takes no memory for the 250 MB before it, ${what}`, async () => {
      const block = Buffer.from(million());
      const server = await serve((response) => {
        let blocks = 0;
        const write = (): void => {
          while (blocks < 250) {
            blocks += 1;
            if (!response.write(block)) {
              response.once("drain", write);
              return;
            }
          }
          response.end(`\n${tail.join("\n")}\n`);
        };
        write();
      });
      const before = process.memoryUsage().rss;
      let peak = before;
      const watch = setInterval(() => {
        peak = Math.max(peak, process.memoryUsage().rss);
      }, 5);
      try {
        assert.deepEqual(await readRunLogTail(open(server), "r", 2), tail);
      } finally {
        clearInterval(watch);
      }
      // Most of it is garbage that is not collected yet; what was read whole took 900 MB and more.
      assert.ok(peak - before < 120e6, `${Math.round((peak - before) / 1e6)} MB`);
    });
  }
});
