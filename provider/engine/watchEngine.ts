import { connect as connectHttp2 } from "node:http2";
import { connect as connectTcp } from "node:net";

/**
 * The address at which the engine that started this process listens, `host:port`, from the first argument
 * of the process; `undefined` if that is not an address, as in a test.
 */
export function engineAddress(argument: string | undefined): string | undefined {
  return argument !== undefined && /^[\w.[\]:-]+:\d+$/.test(argument) ? argument : undefined;
}

/**
 * Calls back once when the engine at this address has exited. Pulumi's dynamic host does not notice when the
 * engine is killed, and would keep polling. An open connection shows it at once, at no cost while it is
 * idle. If the connection closes although the engine still listens, it is opened again.
 */
export function watchEngine(address: string, onGone: () => void): void {
  let wasConnected = false;
  const open = (): void => {
    const session = connectHttp2(`http://${address}`);
    session.once("connect", () => {
      wasConnected = true;
      // The watch must not keep this process alive.
      session.unref();
    });
    session.once("error", () => undefined);
    session.once("close", () => {
      // An engine that was never reached, as in a test, cannot exit.
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
