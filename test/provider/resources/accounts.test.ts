import assert from "node:assert/strict";
import { ProviderError } from "../../../provider/resources/errors";
import { accountReader } from "../../../provider/resources/account";
import { readConfig } from "../../../provider/resources/config";
import { taskRunProvider } from "../../../provider/dynamic/dynamicProvider";
import { aDeployment, hidden, settings } from "../support/dynamicHost";
import type { Config } from "../../../provider/resources/config";

const token = "apify_api_SecretOfMine";
const teamToken = "apify_api_SecretOfTheTeam";

function configOf(accounts: unknown): Readonly<Record<string, string>> {
  const text = typeof accounts === "string" ? accounts : JSON.stringify(accounts);
  return { "apify:token": token, "apify:accounts": text };
}

function reading(accounts: unknown, name: string, more = {}): Config {
  return readConfig(settings({ ...configOf(accounts), ...more }), name);
}

/** The message of a failure, in which no token may be. */
function messageOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    assert.ok(error instanceof ProviderError, String(error));
    for (const secret of [token, teamToken, "Secret"]) {
      assert.ok(!error.message.includes(secret), error.message);
    }
    return error.message;
  }
  return assert.fail("it should have failed");
}

const howToSet =
  "Set it with `pulumi config set --secret --path 'apify:accounts.team.token' <token>`.";

describe("a named account", () => {
  const more = {
    "apify:baseUrl": "http://127.0.0.1:4000",
    "apify:consoleUrl": "https://c.example",
  };

  it("has its own token, and the addresses of the configuration", () => {
    assert.deepEqual(reading({ team: { token: teamToken } }, "team", more), {
      token: teamToken,
      tokenFrom: "apify:accounts.team.token",
      baseUrlFrom: "apify:baseUrl",
      baseUrl: "http://127.0.0.1:4000",
      consoleUrl: "https://c.example",
    });
  });

  it("has a base URL of its own where it says so", () => {
    const accounts = { team: { token: teamToken, baseUrl: "https://other.example/v2/" } };
    const { baseUrl, baseUrlFrom } = reading(accounts, "team", more);
    assert.deepEqual(
      [baseUrl, baseUrlFrom],
      ["https://other.example", "apify:accounts.team.baseUrl"],
    );
  });

  it("needs no apify:token", () => {
    const accounts = { team: { token: teamToken } };
    assert.equal(reading(accounts, "team", { "apify:token": "" }).token, teamToken);
  });

  it("is not what is read when none is named", () => {
    assert.equal(readConfig(settings(configOf("nonsense"))).token, token);
  });

  const rows: readonly (readonly [string, unknown, string])[] = [
    [
      "is not there",
      {},
      `Account "team" is not in apify:accounts, which has no accounts. ${howToSet}`,
    ],
    [
      "is not among those that there are",
      { mine: { token }, yours: { token: teamToken } },
      `Account "team" is not in apify:accounts, which has mine, yours. ${howToSet}`,
    ],
    [
      "has no configuration",
      "",
      `Account "team" is not configured: apify:accounts is not set. ${howToSet}`,
    ],
    ...(
      [
        ["is in no JSON", `{"team":{"token":"${teamToken}"`, undefined],
        ["is in a list", [{ token: teamToken }], undefined],
        ["is in a text that is a token", teamToken, undefined],
        ["is a token alone", { team: teamToken }, '"team"'],
        ["has no token", { team: {} }, '"team.token"'],
        ["has an empty token", { team: { token: "" } }, '"team.token"'],
        [
          "has a token that no header carries",
          { team: { token: `${teamToken}\n` } },
          '"team.token"',
        ],
        ["has a token that is no text", { team: { token: 5 } }, '"team.token"'],
        ["has more than there is", { team: { token: teamToken, [teamToken]: 1 } }, '"team"'],
        ["has a base URL that is no text", { team: { token, baseUrl: 5 } }, '"team.baseUrl"'],
        [
          "has a neighbour that is wrong",
          { team: { token }, mine: { token: " x" } },
          '"mine.token"',
        ],
      ] as const
    ).map(
      ([what, accounts, where]) =>
        [
          what,
          accounts,
          `apify:accounts must be a JSON object of accounts, each with a token and, optionally, a baseUrl, but ${where === undefined ? "it is not such an object" : `${where} is not valid`}. ${howToSet}`,
        ] as const,
    ),
    [
      "has a base URL that is none",
      { team: { token: teamToken, baseUrl: `ftp://${teamToken}` } },
      "apify:accounts.team.baseUrl is not an http(s) URL. Correct it, or remove it.",
    ],
  ];
  for (const [what, accounts, message] of rows) {
    it(`is refused, and shows no secret, when it ${what}`, () => {
      assert.equal(
        messageOf(() => reading(accounts, "team")),
        message,
      );
    });
  }

  for (const name of ["constructor", "toString", "__proto__"]) {
    it(`is none by a name that every object has: ${name}`, () => {
      const message = messageOf(() => reading({ team: { token: teamToken } }, name));
      assert.ok(message.startsWith(`Account "${name}" is not in apify:accounts`), message);
    });
  }
});

describe("the reader of accounts", () => {
  it("gives the same account each time, so that reads can be shared, and another one by name", () => {
    const account = accountReader(settings(configOf({ team: { token: teamToken } })));
    assert.equal(account(), account());
    assert.equal(account("team"), account("team"));
    assert.notEqual(account("team"), account());
  });

  it("fails each time for what is not configured", () => {
    const account = accountReader(settings(configOf({})));
    assert.equal(
      messageOf(() => account("team")),
      messageOf(() => account("team")),
    );
    assert.equal(account().baseUrl, "https://api.apify.com");
  });
});

describe("the check of a resource with an account", () => {
  const given = { ...hidden, actorTaskId: "janedoe~scrape", account: "team" };
  const failures = async (config: Readonly<Record<string, string>>): Promise<readonly string[]> => {
    const provider = taskRunProvider(settings(config), aDeployment());
    const result = await provider.check({}, given);
    return (result.failures ?? []).map(({ reason }) => reason);
  };

  it("finds nothing wrong with one that is configured, though apify:token is not", async () => {
    const accounts = JSON.stringify({ team: { token: teamToken } });
    assert.deepEqual(await failures({ "apify:accounts": accounts }), []);
  });

  it("reports one that is not configured", async () => {
    const [reason, ...others] = await failures({ "apify:token": token });
    assert.deepEqual(others, []);
    assert.equal(
      reason,
      `Account "team" is not configured: apify:accounts is not set. ${howToSet}`,
    );
  });
});
