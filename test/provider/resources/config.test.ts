import assert from "node:assert/strict";
import { ProviderError } from "../../../provider/resources/errors";
import { readConfig } from "../../../provider/resources/config";
import type { Config } from "../../../provider/resources/config";

type Values = Readonly<Record<string, string>>;

function reading(config: Values, environment: Values = {}): Config {
  return readConfig({ config: (key) => config[key], environment: (name) => environment[name] });
}

function messageOf(config: Values, environment: Values = {}): string {
  let message = "";
  assert.throws(
    () => reading(config, environment),
    (error: Error) => {
      assert.ok(error instanceof ProviderError, error.stack);
      message = error.message;
      return true;
    },
  );
  return message;
}

const token = "apify_api_SecretOfMine";

describe("the configuration", () => {
  it("has Apify's own addresses by default", () => {
    assert.deepEqual(reading({ "apify:token": token }), {
      token,
      tokenFrom: "apify:token",
      baseUrl: "https://api.apify.com",
      baseUrlFrom: "apify:baseUrl or APIFY_API_BASE_URL",
      consoleUrl: "https://console.apify.com",
    });
  });

  it("comes from the stack", () => {
    const config = {
      "apify:token": token,
      "apify:baseUrl": "http://127.0.0.1:4000",
      "apify:consoleUrl": "https://console.example",
    };
    assert.deepEqual(reading(config), {
      token,
      tokenFrom: "apify:token",
      baseUrlFrom: "apify:baseUrl",
      baseUrl: "http://127.0.0.1:4000",
      consoleUrl: "https://console.example",
    });
  });

  it("comes from the environment where the stack says nothing", () => {
    const environment = {
      APIFY_TOKEN: token,
      APIFY_API_BASE_URL: "http://127.0.0.1:4000",
      APIFY_CONSOLE_URL: "https://console.example",
    };
    assert.deepEqual(reading({}, environment), {
      token,
      tokenFrom: "APIFY_TOKEN",
      baseUrlFrom: "APIFY_API_BASE_URL",
      baseUrl: "http://127.0.0.1:4000",
      consoleUrl: "https://console.example",
    });
  });

  it("comes from the stack first, key by key", () => {
    const environment = { APIFY_TOKEN: "other", APIFY_API_BASE_URL: "https://other.example" };
    const config = reading({ "apify:token": token }, environment);
    assert.equal(config.token, token);
    assert.equal(config.baseUrl, "https://other.example");
    assert.equal(config.baseUrlFrom, "APIFY_API_BASE_URL");
  });

  it("says where the token is from, and what it overrides", () => {
    for (const [environment, from] of [
      ["other", "apify:token (which overrides APIFY_TOKEN)"],
      [` ${token} `, "apify:token"],
      [" ", "apify:token"],
    ] as const) {
      const config = reading({ "apify:token": token }, { APIFY_TOKEN: environment });
      assert.equal(config.tokenFrom, from);
    }
  });

  it("leaves out white space around a value", () => {
    const config = { "apify:token": ` ${token}\n`, "apify:baseUrl": " http://x.example/ \n" };
    assert.deepEqual(reading(config), {
      token,
      tokenFrom: "apify:token",
      baseUrlFrom: "apify:baseUrl",
      baseUrl: "http://x.example",
      consoleUrl: "https://console.apify.com",
    });
  });

  for (const empty of ["", " ", "\n"]) {
    it(`takes ${JSON.stringify(empty)} for nothing`, () => {
      const environment = { APIFY_TOKEN: token, APIFY_API_BASE_URL: empty };
      const config = reading({ "apify:token": empty, "apify:baseUrl": empty }, environment);
      assert.equal(config.token, token);
      assert.equal(config.baseUrl, "https://api.apify.com");
    });
  }

  for (const [given, used] of [
    ["https://api.apify.com/v2", "https://api.apify.com"],
    ["https://api.apify.com/v2/", "https://api.apify.com"],
    ["https://proxy.example/apify/v2", "https://proxy.example/apify"],
    ["http://127.0.0.1:4000///", "http://127.0.0.1:4000"],
  ]) {
    it(`reads the base URL ${given ?? ""} as ${used ?? ""}`, () => {
      const config = { "apify:token": token, "apify:baseUrl": given ?? "" };
      assert.equal(reading(config).baseUrl, used);
    });
  }

  it("without a token says which key and variable to set, and how to try without an account", () => {
    const message = messageOf({});
    for (const part of ["apify:token", "APIFY_TOKEN", "npx pulumi-apify emulator"]) {
      assert.ok(message.includes(part), message);
    }
  });

  for (const bad of ["two words", "a\nb", "a\tb", "tökén"]) {
    it(`refuses the token ${JSON.stringify(bad)} without showing it`, () => {
      const message = messageOf({ "apify:token": bad });
      assert.match(message, /apify:token/);
      assert.ok(!message.includes(bad), message);
    });
  }

  for (const bad of ["api.apify.com", "ftp://api.apify.com", "localhost:4000", "x"]) {
    it(`refuses the base URL ${bad} and shows it`, () => {
      const message = messageOf({ "apify:token": token, "apify:baseUrl": bad });
      assert.match(message, /^apify:baseUrl is "/);
      assert.ok(message.includes(`"${bad}"`), message);
      assert.ok(!message.includes(token), message);
    });
  }

  it("refuses a bad console URL by its own key", () => {
    const message = messageOf({}, { APIFY_TOKEN: token, APIFY_CONSOLE_URL: "console" });
    assert.match(message, /^APIFY_CONSOLE_URL is "console"/);
    assert.ok(!message.includes(token), message);
  });
});
