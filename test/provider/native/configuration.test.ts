import assert from "node:assert/strict";
import { configurationOf } from "../../../provider/native/configuration";

describe("the configuration of the native plugin", () => {
  it("has the keys of the stack's configuration, and the environment", () => {
    const settings = configurationOf({ token: "x" }, { APIFY_TOKEN: "y" });
    assert.equal(settings.config("apify:token"), "x");
    assert.equal(settings.config("apify:baseUrl"), undefined);
    assert.equal(settings.environment("APIFY_TOKEN"), "y");
  });

  it("takes accounts as JSON text and as an object", () => {
    const accounts = { other: { token: "x" } };
    for (const given of [accounts, JSON.stringify(accounts)]) {
      const settings = configurationOf({ accounts: given }, {});
      assert.equal(settings.config("apify:accounts"), JSON.stringify(accounts));
    }
  });

  it("has an organization if it is told one", () => {
    assert.equal(configurationOf({ organization: "acme" }, {}).organization, "acme");
    assert.equal(configurationOf({}, {}).organization, undefined);
  });
});
