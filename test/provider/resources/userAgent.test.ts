import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { userAgent } from "../../../provider/resources/userAgent";

describe("the version in the User-Agent", () => {
  it("is that of package.json", () => {
    const file = join(__dirname, "../../../package.json");
    const { version } = JSON.parse(readFileSync(file, "utf8")) as { version: string };
    assert.equal(userAgent, `pulumi-apify/${version}`);
  });
});
