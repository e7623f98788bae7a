import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, createServer } from "node:http2";
import { cancelSignal } from "../../../provider/dynamic/cancelSignal";
import type { Http2Server } from "node:http2";
import type { AddressInfo } from "node:net";

describe("the signal of a cancelled deployment", () => {
  let server: Http2Server;
  beforeEach(async () => {
    server = createServer();
    server.on("stream", (stream) => {
      stream.respond({ ":status": 200 }, { endStream: true });
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
  });
  afterEach(() => {
    server.close();
  });

  async function call(path: string): Promise<void> {
    const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const request = session.request({ ":path": path, ":method": "POST" }).resume();
    request.end();
    await once(request, "end");
    session.close();
  }

  it("is aborted by the call that the engine makes to the server of this process", async () => {
    const signal = cancelSignal();
    await call("/pulumirpc.ResourceProvider/Create");
    assert.equal(signal.aborted, false);
    await call("/pulumirpc.ResourceProvider/Cancel");
    assert.equal(signal.aborted, true);
  });

  it("is not aborted where the server cannot be found, and nothing else happens", async () => {
    const signal = cancelSignal([undefined, 5, {}, process.stdout]);
    await call("/pulumirpc.ResourceProvider/Cancel");
    assert.equal(signal.aborted, false);
  });
});
