import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import { join } from "node:path";
import { adviceOn } from "../../../provider/apify/advice";
import { faultOf } from "../../../provider/apify/connectionFault";
import { ApifyNoResponseError } from "../../../provider/apify/errors";
import { createAutoClock, endable } from "../../support/fakeClock";
import { testServers, text } from "../../support/httpServer";
import { failure, get, noResponse, open, post } from "../support/connecting";
import type { AddressInfo, Socket } from "node:net";
import type { ConnectionFault } from "../../../provider/apify/connectionFault";

const { serve, serveTcp, nobody } = testServers();

function pem(name: string): string {
  return readFileSync(join(__dirname, "../../fixtures/certificate", name), "utf8");
}

/** A key for this machine, and its certificate, which nobody trusts. */
const selfSigned = { key: pem("key.pem"), cert: pem("cert.pem") };

/** Answers the first bytes of each connection with these. */
function answering(answer: string | Buffer): (socket: Socket) => void {
  return (socket) => socket.once("data", () => socket.end(answer));
}

interface Lasting {
  readonly what: string;
  readonly fault: ConnectionFault;
  readonly baseUrl: () => Promise<string>;
  readonly advice: RegExp;
}

const tcp = async (answer: string | Buffer): Promise<string> =>
  (await serveTcp(answering(answer))).baseUrl;
const ok = "HTTP/1.1 200 OK\r\n";

describe("a connection with something wrong that will be wrong the next time too", () => {
  const closings: (() => void)[] = [];
  afterEach(() => {
    for (const close of closings.splice(0)) close();
  });

  async function serveTls(): Promise<string> {
    const server = createServer(selfSigned, (_request, response) => response.end("{}"));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    closings.push(() => {
      server.close();
      server.closeAllConnections();
    });
    return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  const cases: readonly Lasting[] = [
    {
      what: "a certificate that nobody trusts",
      fault: "certificate",
      baseUrl: serveTls,
      advice: /NODE_EXTRA_CA_CERTS/,
    },
    {
      what: "https at a port that speaks HTTP",
      fault: "tls",
      baseUrl: async () => (await serve(text(200, ""))).baseUrl.replace("http:", "https:"),
      advice: /write http:\/\/ instead of https:\/\/ in apify:baseUrl/,
    },
    {
      what: "http at a port that answers in TLS",
      fault: "malformed",
      baseUrl: () => tcp(Buffer.from([0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x0a])),
      advice: /write https:\/\/ if the server uses TLS/,
    },
    {
      what: "a response that is not HTTP",
      fault: "malformed",
      baseUrl: () => tcp("220 mail.example ESMTP\r\n"),
      advice: /did not send a valid HTTP response/,
    },
    {
      what: "a header with a forbidden name",
      fault: "malformed",
      baseUrl: () => tcp(`${ok}A b: c\r\n\r\n`),
      advice: /did not send a valid HTTP response/,
    },
    {
      what: "a length that is no number",
      fault: "malformed",
      baseUrl: () => tcp(`${ok}Content-Length: x\r\n\r\n`),
      advice: /did not send a valid HTTP response/,
    },
    {
      what: "headers without end",
      fault: "malformed",
      baseUrl: () => tcp(`${ok}X: ${"y".repeat(40_000)}\r\n\r\n`),
      advice: /did not send a valid HTTP response/,
    },
    {
      what: "redirects in a circle",
      fault: "redirects",
      baseUrl: async () => (await serve(text(302, "", { Location: "/v2/x" }))).baseUrl,
      advice: /^Set apify:baseUrl/,
    },
    {
      what: "an address that is none",
      fault: "address",
      baseUrl: () => Promise.resolve("http://127.0.0.1:99999"),
      advice: /^Check apify:baseUrl/,
    },
  ];
  for (const { what, fault, baseUrl, advice } of cases) {
    it(`ends the call at once: ${what}`, async () => {
      const clock = createAutoClock({ holds: endable });
      const connection = open({ baseUrl: await baseUrl() }, { clock });
      const error = await noResponse(connection.call(get));
      assert.equal(error.fault, fault);
      assert.equal(error.transient, undefined);
      assert.match(adviceOn(error), advice);
      assert.doesNotMatch(error.message, /attempts/);
      assert.deepEqual(clock.sleeps, [30_000], "the timeout of one attempt, and no pause");
    });
  }
});

describe("a call over a proxy", () => {
  const variables = ["HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy"] as const;
  const before = new Map(variables.map((name) => [name, process.env[name]]));
  afterEach(() => {
    for (const [name, value] of before) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  });

  /** Sends all https requests to this proxy. */
  function setProxy(url: string): void {
    for (const name of variables) Reflect.deleteProperty(process.env, name);
    process.env.HTTPS_PROXY = url;
  }

  for (const [status, who, advice] of [
    [
      "407 Proxy Authentication Required",
      /^A proxy answered 407/,
      /user name and a password.*HTTPS_PROXY/,
    ],
    ["403 Forbidden", /answered 403/, /does not seem to come from Apify.*HTTPS_PROXY/],
  ] as const) {
    it(`ends at once when the proxy answers CONNECT with ${status}`, async () => {
      const connects: string[] = [];
      const proxy = await serveTcp((socket) => {
        socket.once("data", (data) => {
          connects.push(data.toString().split("\r\n")[0] ?? "");
          socket.end(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\n\r\n`);
        });
      });
      setProxy(proxy.baseUrl);
      const error = await failure(open({ baseUrl: "https://api.example" }).call(get));
      assert.deepEqual(connects, ["CONNECT api.example:443 HTTP/1.1"]);
      assert.match(error.message, who);
      assert.match(adviceOn(error), advice);
      assert.equal(error.effect, "none");
    });
  }

  it("says that the proxy may be the one that refuses the connection", async () => {
    setProxy((await nobody()).baseUrl);
    const clock = createAutoClock({ holds: endable });
    const error = await noResponse(open({ baseUrl: "https://api.example" }, { clock }).call(get));
    assert.match(error.message, /ECONNREFUSED 127\.0\.0\.1/);
    assert.match(adviceOn(error), /HTTPS_PROXY/);
    assert.doesNotMatch(adviceOn(error), /emulator/);
  });
});

describe("a redirect of what creates something", () => {
  it("is not followed, and Apify has done nothing", async () => {
    const server = await serve(text(307, "", { Location: "/there" }));
    const error = await noResponse(open(server).call(post));
    assert.deepEqual([error.fault, error.effect], ["redirects", "none"]);
    assert.equal(server.requests.length, 1);
  });
});

describe("a connection that is refused", () => {
  it("on this machine is perhaps that of a local Apify that does not run", async () => {
    const { baseUrl } = await nobody();
    const setup = { baseUrlFrom: "APIFY_API_BASE_URL" };
    const clock = createAutoClock({ holds: endable });
    const error = await noResponse(open({ baseUrl }, { ...setup, clock }).call(get));
    assert.equal(
      adviceOn(error),
      `If the local Apify is not running, start it as before (\`npx pulumi-apify emulator\`): only with the same \`--state\` does it still have your tasks and runs. If it is running, check APIFY_API_BASE_URL (${baseUrl}).`,
    );
  });
});

describe("what is lastingly wrong with a connection", () => {
  const codes: readonly (readonly [code: string, fault: ConnectionFault | undefined])[] = [
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "certificate"],
    ["SELF_SIGNED_CERT_IN_CHAIN", "certificate"],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "certificate"],
    ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "certificate"],
    ["CERT_UNTRUSTED", "certificate"],
    ["CERT_REVOKED", "certificate"],
    ["CERT_HAS_EXPIRED", "certificateDate"],
    ["CERT_NOT_YET_VALID", "certificateDate"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "certificateHost"],
    ["EPROTO", "tls"],
    ["ERR_SSL_WRONG_VERSION_NUMBER", "tls"],
    ["ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE", "tls"],
    ["ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION", "tls"],
    ["HPE_INVALID_HEADER_TOKEN", "malformed"],
    ["HPE_HEADER_OVERFLOW", "malformed"],
    ["ERR_FR_TOO_MANY_REDIRECTS", "redirects"],
    ["ERR_INVALID_URL", "address"],
    ...[
      "ECONNREFUSED",
      "ECONNRESET",
      "ENOTFOUND",
      "EAI_AGAIN",
      "ETIMEDOUT",
      "EPIPE",
      "HPE_INVALID_EOF_STATE",
      "ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC",
      "constructor",
    ].map((code) => [code, undefined] as const),
  ];
  for (const [code, fault] of codes) {
    it(`is ${fault ?? "nothing"} with ${code}`, () => {
      assert.equal(faultOf(code, "for a test"), fault);
    });
  }

  it("is nothing without a code, and after a broken record", () => {
    assert.equal(faultOf(undefined, "HPE_ in a text"), undefined);
    assert.equal(faultOf("EPROTO", "decryption failed or bad record mac"), undefined);
  });

  it("comes with advice, each with its own", () => {
    const faults = [...new Set(codes.flatMap(([, fault]) => fault ?? [])), "size"] as const;
    const place = { method: "GET", path: "/" };
    const advices = faults.map((fault) =>
      adviceOn(new ApifyNoResponseError(place, "unreachable", "r", { fault })),
    );
    assert.equal(new Set(advices).size, faults.length);
    assert.ok(!advices.some((advice) => advice === ""));
  });
});
