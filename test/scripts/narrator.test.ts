import assert from "node:assert/strict";
import { wrapped } from "../../scripts/demo/narrator";
import { quoted } from "../../scripts/demo/lookAround";

describe("the demo's words", () => {
  it("are wrapped between words, at the width of the terminal", () => {
    assert.deepEqual(wrapped("a local Apify listens", 10), ["a local", "Apify", "listens"]);
  });

  it("keep a word that is too long for the terminal whole, so that it can be copied", () => {
    assert.deepEqual(wrapped("at http://127.0.0.1:38509 now", 10), [
      "at",
      "http://127.0.0.1:38509",
      "now",
    ]);
  });

  it("hang the later lines of an item under its first", () => {
    assert.deepEqual(wrapped("All:\n- one two three", 9), ["All:", "- one two", "  three"]);
  });

  it("quote a folder for a shell, whatever is in its name", () => {
    assert.equal(quoted("/home/jane's folder"), "'/home/jane'\\''s folder'");
  });
});
