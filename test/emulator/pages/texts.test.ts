import assert from "node:assert/strict";
import { colouredText } from "../../../emulator/pages/colouredText";
import { html, markupText } from "../../../emulator/pages/html";
import { axisOf, barOf } from "../../../emulator/pages/timeline";
import { ageText, durationText } from "../../../emulator/pages/times";
import { visibleJson, visibleText } from "../../../emulator/pages/visibleText";

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

describe("the template of the pages", () => {
  it("escapes texts, and takes only its own markup as it is", () => {
    const made = html`<b title="${`"'&<>`}">${["<i>", 1, undefined, html`<u>${"<"}</u>`]}</b>`;
    const expected = '<b title="&quot;&#39;&amp;&lt;&gt;">&lt;i&gt;1<u>&lt;</u></b>';
    assert.equal(markupText(made), expected);
    const forged = { textOf: "<script>", toString: () => "<script>" };
    assert.throws(() => html`${forged as unknown as string}`);
  });

  it("shows invisible characters, but not line breaks, tabs and emoji", () => {
    assert.equal(visibleText("\u001b[0m\u007f\u0085\u202e\ud83d"), "␛[0m␡⟨U+0085⟩⟨U+202E⟩⟨U+D83D⟩");
    for (const text of ["a\n\tb", "👩‍🔬 ünï שלום"]) assert.equal(visibleText(text), text);
  });

  it("shows JSON that is the same value when it is read again", () => {
    const value = { "\u202e": ["\u0007\ud83d\u200f", { a: 1 }] };
    const text = visibleJson(value);
    assert.equal(visibleText(text), text);
    assert.deepEqual(JSON.parse(text), value);
  });

  it("shows the colours of a log, and hides no other sequence", () => {
    const shown = (line: string): string => markupText(colouredText(line));
    assert.equal(shown("\u001b[32mINFO\u001b[39m x"), '<span class="ink-green">INFO</span> x');
    assert.equal(shown("\u001b[1;31mE\u001b[0m"), '<span class="ink-red">E</span>');
    assert.equal(shown("a\u001b[8mb<"), "ab&lt;");
    assert.equal(shown("\u001b[2J\u001b]0;x\u0007"), "␛[2J␛]0;x␇");
  });
});

describe("times on the pages", () => {
  it("are as exact as they are long", () => {
    for (const [millis, text] of [
      [-5, "0 ms"],
      [999, "999 ms"],
      [second, "1.0 s"],
      [59_990, "59.9 s"],
      [minute + 5 * second, "1 min 05 s"],
      [2 * hour + 3 * minute, "2 h 03 min"],
      [76 * hour, "3 d 04 h"],
    ] as const) {
      assert.equal(durationText(millis), text);
    }
    const ages = [0, 3 * second, -2 * minute, 50 * hour].map(ageText);
    assert.deepEqual(ages, ["just now", "3 s ago", "in 2 min", "2 d ago"]);
  });
});

describe("the time axis", () => {
  it("has few marks at round times, for any length", () => {
    assert.equal(axisOf([]), undefined);
    for (const length of [0, 1, 30 * second, hour, 100 * hour, 20_000 * hour, 1e6 * hour]) {
      const axis = axisOf([{ from: 1234, to: 1234 + length }]);
      assert.ok(axis);
      assert.ok(axis.ticks.length <= 6, String(length));
      for (const { at, percent } of axis.ticks) {
        assert.equal(at % axis.stepMillis, 0);
        assert.ok(percent >= 0 && percent <= 100);
      }
    }
  });

  it("has bars that lie on it", () => {
    const axis = { from: 0, to: 10 * second };
    assert.deepEqual(barOf({ from: second, to: 3 * second }, axis), { start: 10, length: 20 });
    assert.deepEqual(barOf({ from: second, to: 0 }, axis), { start: 10, length: 0 });
    assert.deepEqual(barOf({ from: -second, to: 99 * second }, axis), { start: 0, length: 100 });
  });
});
