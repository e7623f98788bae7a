import assert from "node:assert/strict";
import { readCommandLine, UsageError } from "../../../scripts/smoke/commandLine";

const token = "apify_api_TokenOfJaneDoe";

describe("the command line of the smoke test", () => {
  it("takes tokens from the environment, and runs apify/hello-world at Apify", () => {
    assert.deepEqual(
      readCommandLine([], { APIFY_TOKEN: ` ${token}\n`, APIFY_OTHER_TOKEN: "other" }),
      {
        token,
        otherToken: "other",
        baseUrl: "https://api.apify.com",
        actor: "apify/hello-world",
        only: undefined,
      },
    );
  });

  it("prefers what it is given", () => {
    const args = [
      "--token",
      token,
      "--actor",
      "janedoe~mine",
      "--base-url",
      "http://localhost:1/v2/",
    ];
    assert.deepEqual(
      readCommandLine([...args, "--only", "abort,usage"], { APIFY_TOKEN: "another" }),
      {
        token,
        otherToken: undefined,
        baseUrl: "http://localhost:1",
        actor: "janedoe~mine",
        only: ["abort", "usage"],
      },
    );
  });

  it("explains itself without a token", () => {
    assert.equal(readCommandLine(["--help"], {}), "help");
  });

  const refused: Readonly<Record<string, readonly string[]>> = {
    "no token": [],
    "an Actor without a username": ["--token", token, "--actor", "hello-world"],
    "an address that is none": ["--token", token, "--base-url", "api.apify.com"],
    "a check that does not exist": ["--token", token, "--only", "abort,aborted"],
    "an unknown option": ["--token", token, "--actors", "a/b"],
    "a token without --token": [token],
  };
  for (const [what, args] of Object.entries(refused)) {
    it(`refuses ${what}, without the token in the error`, () => {
      assert.throws(
        () => readCommandLine(args, {}),
        (error) => error instanceof UsageError && !error.message.includes(token),
      );
    });
  }
});
