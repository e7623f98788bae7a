import assert from "node:assert/strict";
import { message } from "../../../provider/apify/message";
import { ApifyError, ApifyNoResponseError } from "../../../provider/apify/errors";
import { ProviderError } from "../../../provider/resources/errors";
import { userMessage } from "../../../provider/resources/userMessage";

const place = { method: "GET", path: "/v2/x" };

function answer(status: number): ApifyError {
  return new ApifyError(place, status, { type: "t", message: "No.", data: undefined });
}

describe("the message for the user", () => {
  it("is the error's own where it was written for the user", () => {
    assert.equal(userMessage(new ProviderError(message`What to do.`)), "What to do.");
  });

  it("says with a refused token where to set another", () => {
    const lines = userMessage(answer(401))?.split("\n") ?? [];
    assert.equal(lines[0], "Apify answered 401 t to GET /v2/x: No.");
    assert.match(
      lines[1] ?? "",
      /^Check the token in apify:token \(or APIFY_TOKEN\)\. .*settings\/integrations$/,
    );
  });

  it("says whom to ask where nothing else is known", () => {
    assert.match(userMessage(answer(400)) ?? "", /^Apify answered 400 t .*\n.*Apify's support\.$/);
  });

  it("says what to check when Apify cannot be reached", () => {
    const error = new ApifyNoResponseError(place, "unreachable", "ECONNREFUSED");
    assert.match(
      userMessage(error) ?? "",
      /ECONNREFUSED\nCheck apify:baseUrl or APIFY_API_BASE_URL \(https:\/\/api\.apify\.com\) and the network/,
    );
  });

  it("is none for a defect, whose stack must not be lost", () => {
    assert.equal(userMessage(new TypeError("x is not a function")), undefined);
    assert.equal(userMessage("a text"), undefined);
  });
});

describe("the message of an operation that failed", () => {
  const urn = "urn:pulumi:dev::shop::x:TaskRun::prices";
  const refused = answer(401);
  const unreachable = new ApifyNoResponseError(place, "unreachable", "ECONNREFUSED");

  it("says in read and delete, and only there, that a refused token may be an old one", () => {
    for (const operation of ["read", "delete"] as const) {
      assert.match(userMessage(refused, { operation, noun: "run" }) ?? "", /--run-program/);
    }
    for (const operation of ["check", "diff", "create", "update"] as const) {
      assert.doesNotMatch(userMessage(refused, { operation, noun: "run" }) ?? "", /--run-program/);
    }
    assert.doesNotMatch(
      userMessage(answer(403), { operation: "read", noun: "run" }) ?? "",
      /--run-program/,
    );
  });

  it("says how to delete a resource without a connection to Apify", () => {
    const deleting = { operation: "delete", noun: "run", urn } as const;
    const shown = userMessage(unreachable, deleting) ?? "";
    assert.match(shown, /ECONNREFUSED\nCheck apify:baseUrl.*\n.*pulumi state delete 'urn:/);
    const wrapped = new ProviderError(message`Not deleted.`, { cause: unreachable });
    assert.match(userMessage(wrapped, deleting) ?? "", /^Not deleted\.\n.*pulumi state delete/);
    assert.doesNotMatch(
      userMessage(unreachable, { operation: "read", noun: "run", urn }) ?? "",
      /state delete/,
    );
  });

  it("leaves an error that has advice of its own as it is, and a bug", () => {
    const deleting = { operation: "delete", noun: "run", urn } as const;
    assert.equal(userMessage(new ProviderError(message`Do this.`), deleting), "Do this.");
    assert.equal(userMessage(new TypeError("a bug"), deleting), undefined);
  });
});
