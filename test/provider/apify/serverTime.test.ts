import assert from "node:assert/strict";
import { serverMillis } from "../../../provider/apify/serverTime";

describe("the server's time", () => {
  it("is what its Date header says", () => {
    const date = "Wed, 21 Oct 2015 07:28:00 GMT";
    assert.equal(serverMillis({ date }), Date.UTC(2015, 9, 21, 7, 28));
  });

  it("is that of the epoch when it says so", () => {
    assert.equal(serverMillis({ date: "Thu, 01 Jan 1970 00:00:00 GMT" }), 0);
  });

  for (const headers of [{}, { date: "" }, { date: "today" }, { expires: "Thu, 01 Jan 1970" }]) {
    it(`is not known from ${JSON.stringify(headers)}`, () => {
      assert.equal(serverMillis(headers), undefined);
    });
  }
});
