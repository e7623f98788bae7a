import { connect as connectHttp2 } from "node:http2";
import { connect as connectTcp } from "node:net";

/**
 * Calls back once when the engine at this address is gone. Pulumi's host does not notice when the
 * engine is killed, and would poll on for nobody. An open connection tells at once and costs
 * nothing meanwhile; one that ends while the engine still listens is opened again.
 */
export function watchEngine(address: string, onGone: () => void): void {
  let wasConnected = false;
  const open = (): void => {
    const session = connectHttp2(`http://${address}`);
    session.once("connect", () => {
      wasConnected = true;
      // Watching must not be what keeps this process alive.
      session.unref();
    });
    session.once("error", () => undefined);
    session.once("close", () => {
      // One that was never there, as in a test, cannot go.
      if (!wasConnected) return;
      void listens(address).then((stillThere) => {
        if (stillThere) open();
        else onGone();
      });
    });
  };
  open();
}

function listens(address: string): Promise<boolean> {
  const { hostname, port } = new URL(`http://${address}`);
  return new Promise((resolve) => {
    const socket = connectTcp({ host: hostname.replace(/^\[|\]$/g, ""), port: Number(port) });
    const answer = (connected: boolean) => () => {
      socket.destroy();
      resolve(connected);
    };
    socket.once("connect", answer(true)).once("error", answer(false));
  });
}
