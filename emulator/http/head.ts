import type { ServerResponse } from "node:http";
import type { EmulatorState } from "../state/emulatorState";
import type { Answer } from "./answer";

/** Sends status and headers: the length of the whole body if it is known, and a `Date` by the emulator's clock. */
export function writeHead(
  state: EmulatorState,
  response: ServerResponse,
  { status, headers, body, follow }: Answer,
): void {
  const { dateHeader, dateSkewMillis } = state.settings;
  response.sendDate = false;
  if (dateHeader === "sent") {
    response.setHeader("Date", new Date(state.clock.now() + dateSkewMillis).toUTCString());
  }
  if (status !== 204 && follow === undefined) response.setHeader("Content-Length", body.length);
  response.writeHead(status, headers);
}
