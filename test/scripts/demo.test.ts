import assert from "node:assert/strict";
import { quoted } from "../../scripts/demo/lookAround";
import { wrapped } from "../../scripts/demo/printer";

describe("the demo's texts", () => {
  it("are wrapped between words, at the width of the terminal", () => {
    assert.deepEqual(wrapped("a local Apify listens", 10), ["a local", "Apify", "listens"]);
  });

  it("keep a word whole that is too long for the terminal, so that it can be copied", () => {
    assert.deepEqual(wrapped("at http://127.0.0.1:38509 now", 10), [
      "at",
      "http://127.0.0.1:38509",
      "now",
    ]);
  });

  it("indent the later lines of a list item", () => {
    assert.deepEqual(wrapped("All:\n- one two three", 9), ["All:", "- one two", "  three"]);
  });

  it("quote a folder for a shell, even with special characters", () => {
    assert.equal(quoted("/home/jane's folder"), "'/home/jane'\\''s folder'");
  });
});
