import assert from "node:assert/strict";
import { limitLines } from "../../../provider/run/limitLines";
import { createFakeClock } from "../../support/fakeClock";

const link = "https://console.example/runs/run1";

describe("the limits on the lines of a log", () => {
  const play = () => {
    const clock = createFakeClock();
    const shown: string[] = [];
    const lines = limitLines({ clock, link, show: (line) => void shown.push(line) });
    return { clock, shown, lines };
  };

  it("shows ten lines a second and counts the others", () => {
    const { clock, shown, lines } = play();
    for (let line = 1; line <= 260; line++) assert.equal(lines.take(`line ${line}`), "more");
    clock.advance(999);
    lines.take("one more");
    assert.equal(shown.length, 10);
    clock.advance(1);
    lines.take("the next second");
    assert.deepEqual(shown.slice(9), [
      "> line 10",
      `… 251 lines omitted, see ${link}`,
      "> the next second",
    ]);
  });

  it("says at the end how many it left out last, once", () => {
    const { shown, lines } = play();
    for (let line = 1; line <= 11; line++) lines.take(`line ${line}`);
    lines.end();
    lines.end();
    assert.deepEqual(shown.slice(9), ["> line 10", `… 1 line omitted, see ${link}`]);
  });

  it("shows no blank lines, which count for nothing", () => {
    const { shown, lines } = play();
    for (let line = 1; line <= 100; line++) assert.equal(lines.take(" \t"), "more");
    lines.take("  a");
    lines.end();
    assert.deepEqual(shown, ["> a"]);
  });

  it("has enough of a log after 2,000 lines, and says so", () => {
    const { clock, shown, lines } = play();
    const answers = Array.from({ length: 2002 }, (_, line) => {
      clock.advance(1000);
      return lines.take(`line ${line + 1}`);
    });
    assert.deepEqual(answers.slice(1998), ["more", "enough", "enough", "enough"]);
    assert.deepEqual(shown.slice(1999), [
      "> line 2000",
      `… no further lines are shown, see ${link}`,
    ]);
  });
});
