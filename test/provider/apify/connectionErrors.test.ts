import assert from "node:assert/strict";
import { inspect } from "node:util";
import { adviceOn } from "../../../provider/apify/advice";
import { json, reset, testServers, text } from "../../support/httpServer";
import { apifyError, failure, get, noResponse, open, post, token } from "../support/connecting";
import type { ApiRequest } from "../../../provider/apify/apiRequest";
import type { Answer } from "../../support/httpServer";

const { serve, nobody } = testServers();

describe("the error of a call", () => {
  it("keeps each fact of Apify's envelope in a field", async () => {
    const error = { type: "not-approved", message: "Approve it.", data: { approvalUrl: "u" } };
    const server = await serve(json(403, { error }));
    const request: ApiRequest = { method: "DELETE", path: "/v2/x", query: { private: "q" } };
    const thrown = await apifyError(open(server).call(request));
    assert.equal(thrown.status, 403);
    assert.equal(thrown.type, "not-approved");
    assert.equal(thrown.apifyMessage, "Approve it.");
    assert.deepEqual(thrown.data, { approvalUrl: "u" });
    assert.equal(thrown.message, "Apify answered 403 not-approved to DELETE /v2/x: Approve it.");
  });

  const bodies: readonly (readonly [what: string, body: string, message: string])[] = [
    ["an HTML page", "<!doctype html><title>Oops</title>", '(an HTML page titled "Oops")'],
    ["no body", "", "(an empty response)"],
    ["a string", '"no"', '"no"'],
    ["a number", "7", "7"],
    ["an array", "[1]", "[1]"],
    ["10 MB of text", "x".repeat(10_000_000), `${"x".repeat(300)}…`],
    ["more than is read", "x".repeat(17 * 1024 * 1024), `${"x".repeat(300)}…`],
  ];
  for (const [what, body, message] of bodies) {
    it(`makes do with ${what}`, async () => {
      const thrown = await apifyError(open(await serve(text(404, body))).call(get));
      assert.equal(thrown.apifyMessage, message);
      assert.equal(thrown.type, undefined);
    });
  }

  it("says of a redirect that is not followed where it leads", async () => {
    const server = await serve(
      text(301, "", { Location: "https://elsewhere/v2/x" }),
      text(300, ""),
    );
    const moved = await noResponse(open(server).call(post));
    assert.deepEqual([moved.fault, moved.effect], ["redirects", "none"]);
    assert.match(moved.message, /redirects \(301\) to https:\/\/elsewhere\/v2\/x$/);
    assert.match(adviceOn(moved), /^Set apify:baseUrl/);
    const vague = await noResponse(open(server).call(get));
    assert.match(vague.message, /redirects \(300\) to another address/);
  });

  it("says where the token was set, as the user can tell", async () => {
    const tokens =
      "Apify Console shows the account's tokens: https://console.apify.com/settings/integrations";
    for (const [setup, advice] of [
      [{}, `Check the token in apify:token (or APIFY_TOKEN). ${tokens}`],
      [
        { tokenFrom: "apify:accounts.jane.token" },
        `Check the token in apify:accounts.jane.token. ${tokens}`,
      ],
      [{ consoleUrl: "https://c.example" }, /https:\/\/c\.example\/settings\/integrations$/],
    ] as const) {
      const server = await serve(json(401, {}));
      const thrown = await apifyError(open(server, setup).call(get));
      if (typeof advice === "string") assert.equal(adviceOn(thrown), advice);
      else assert.match(adviceOn(thrown), advice);
    }
  });

  it("says of a success that cannot be used why", () => {
    const answer = { kind: "response", status: 201, headers: {}, body: Buffer.alloc(0) } as const;
    const reasonOf = (reason: string | undefined): string =>
      open({ baseUrl: "http://127.0.0.1" }).errorFrom(get, { ...answer, cut: reason }, 1).message;
    assert.match(reasonOf("it broke off"), /: it broke off$/);
    assert.match(reasonOf(undefined), /: the response is not in the documented format$/);
  });

  const echo = `you sent ${token}!`;
  const echoes: readonly (readonly [what: string, answer: Answer])[] = [
    ["its message", json(400, { error: { type: "t", message: echo } })],
    ["its type", json(400, { error: { type: echo, message: "m" } })],
    ["its data", json(400, { error: { type: "t", message: "m", data: { deep: [echo] } } })],
    ["a text", text(400, echo)],
    ["a page", text(400, `<html><title>${echo}</title>`)],
    ["a text that is cut amid the token", text(400, "x".repeat(290) + token)],
    ["a message that is cut amid it", json(400, { error: { message: "x".repeat(290) + token } })],
    ["a response that is not HTTP", (response) => response.socket?.end(`${token}\r\n\r\n`)],
    ["the target of a redirect", text(300, "", { Location: `/?token=${token}` })],
  ];
  for (const [what, answer] of echoes) {
    it(`never shows the token, even if the server echoes it in ${what}`, async () => {
      const thrown = await failure(
        open(await serve(answer)).call({ ...post, query: { limit: 1 } }),
      );
      const shown = inspect(thrown, { depth: Infinity, showHidden: true }) + JSON.stringify(thrown);
      assert.ok(!shown.includes(token.slice(0, 12)), shown);
    });
  }

  it("never shows the token when no response comes", async () => {
    const silent = await failure(open(await nobody()).call(get));
    const cancelled = await failure(
      open(await serve(reset)).call({ ...get, signal: AbortSignal.abort() }),
    );
    for (const error of [silent, cancelled]) {
      assert.ok(!inspect(error, { depth: Infinity }).includes(token));
    }
  });

  it("has Node's error as its cause", async () => {
    const { cause } = await failure(open(await nobody()).call(get));
    assert.ok(cause instanceof Error && "code" in cause);
    assert.equal(cause.code, "ECONNREFUSED");
  });

  it("has the token taken out of texts from elsewhere, as often as it is there", async () => {
    const { redaction } = open(await nobody());
    assert.equal(redaction.text(`${token} and ${token}`), "[token] and [token]");
  });
});
