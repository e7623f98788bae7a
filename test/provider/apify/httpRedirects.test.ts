import assert from "node:assert/strict";
import { testServers, text } from "../../support/httpServer";
import { send, whole } from "../support/sending";
import type { Answer, ReceivedRequest } from "../../support/httpServer";

const { serve } = testServers();

function redirect(to: string): Answer {
  return text(302, "", { Location: to });
}

/** The path of a request, and the token that came with it. */
function arrived(request: ReceivedRequest | undefined): readonly unknown[] {
  return [request?.path, request?.headers.authorization];
}

describe("a request that is redirected", () => {
  it("keeps the token at the same address", async () => {
    const server = await serve(redirect("/v2/elsewhere"), text(200, "found"));
    assert.equal(await whole(send(server)), "found");
    assert.deepEqual(arrived(server.requests[1]), ["/v2/elsewhere", "Bearer secret"]);
  });

  it("goes without the token to another port", async () => {
    const other = await serve(text(200, "found"));
    const server = await serve(redirect(`${other.baseUrl}/there`));
    assert.equal(await whole(send(server)), "found");
    assert.deepEqual(arrived(other.requests[0]), ["/there", undefined]);
  });

  it("goes without the token to another name of the same server", async () => {
    const server = await serve(
      (response, request) => {
        const { port } = new URL(`http://${request.headers.host ?? ""}`);
        redirect(`http://localhost:${port}/there`)(response, request);
      },
      text(200, "found"),
    );
    assert.equal(await whole(send(server)), "found");
    assert.deepEqual(arrived(server.requests[1]), ["/there", undefined]);
  });

  it("goes without the token when it comes back by way of another server", async () => {
    const back = { to: "" };
    const other = await serve((response, request) => {
      redirect(back.to)(response, request);
    });
    const server = await serve(redirect(`${other.baseUrl}/there`), text(200, "found"));
    back.to = `${server.baseUrl}/v2/back`;
    assert.equal(await whole(send(server)), "found");
    assert.deepEqual(arrived(server.requests[1]), ["/v2/back", undefined]);
  });

  describe("to names that a proxy knows", () => {
    const before = process.env.http_proxy;
    afterEach(() => {
      if (before === undefined) delete process.env.http_proxy;
      else process.env.http_proxy = before;
    });

    for (const to of ["http://storage.api.test/x", "http://test/x", "http://api.test:8080/x"]) {
      it(`goes without the token from http://api.test to ${to}`, async () => {
        const proxy = await serve(redirect(to), text(200, "found"));
        process.env.http_proxy = proxy.baseUrl;
        assert.equal(await whole(send({ baseUrl: "http://api.test" })), "found");
        assert.deepEqual(
          proxy.requests.map(({ target, headers }) => [target, headers.authorization]),
          [
            ["http://api.test/v2/x", "Bearer secret"],
            [to, undefined],
          ],
        );
      });
    }
  });
});
