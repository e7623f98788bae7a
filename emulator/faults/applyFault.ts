import { json } from "../http/answer";
import { chunksOf, halfOf, uncompressed, withBody } from "./alteredAnswers";
import { waitForDisconnect, waitOrDisconnect } from "./delays";
import type { Answer } from "../http/answer";
import type { Exchange } from "../http/server";
import type { EmulatorState } from "../state/emulatorState";
import type { Fault, FaultAnswer } from "./fault";

/** Meets a request with a fault; resolves when the emulator is through with it. */
export async function applyFault(
  state: EmulatorState,
  fault: Fault,
  exchange: Exchange,
): Promise<void> {
  switch (fault.kind) {
    case "reset":
      if (fault.when === "afterWork") await exchange.serve();
      exchange.socket.resetAndDestroy();
      return;
    case "stall":
      if (fault.when === "afterWork") await exchange.serve();
      await waitForDisconnect(state, exchange.disconnected);
      return;
    case "stallBody":
      await sendBeginning(exchange, fault.bytes);
      await waitForDisconnect(state, exchange.disconnected);
      return;
    case "cutBody":
      await sendBeginning(exchange, fault.bytes);
      // No reset: it may discard, on both sides, what was sent before. An end before the announced
      // length is as broken a body, and all that came before it is sure to be read.
      exchange.socket.destroy();
      return;
    case "slowBody":
      await sendSlowly(state, exchange, fault);
      return;
    case "emptyBody":
      exchange.send(withBody(await exchange.serve(), ""));
      return;
    case "notJson":
      exchange.send(withBody(await exchange.serve(), "<<not json>>"));
      return;
    case "change":
      exchange.send(fault.change(uncompressed(await exchange.serve())));
      return;
    case "answer":
      if (fault.work === "done") await exchange.serve();
      exchange.send(answerOf(fault));
      return;
    case "closeReused":
      exchange.socket.resetAndDestroy();
  }
}

function answerOf({ status, type, message, data, headers = {}, body }: FaultAnswer): Answer {
  if (body !== undefined) return { status, headers, body: Buffer.from(body) };
  return json(status, { error: { type, message, data } }, headers);
}

/** Resolves when the bytes are on their way. */
async function sendBeginning(exchange: Exchange, bytes: number | undefined): Promise<void> {
  const answer = await exchange.serve();
  if (answer.body.length === 0) return;
  exchange.begin(answer);
  // One byte is missing in any case: with all of them the client would have its answer.
  const most = answer.body.length - 1;
  await written(exchange, answer.body.subarray(0, Math.min(bytes ?? halfOf(answer.body), most)));
}

async function sendSlowly(
  state: EmulatorState,
  exchange: Exchange,
  { chunks, pauseMillis }: { chunks: number; pauseMillis: number },
): Promise<void> {
  const answer = await exchange.serve();
  const { disconnected, response } = exchange;
  exchange.begin(answer);
  for (const [index, piece] of chunksOf(answer.body, chunks).entries()) {
    if (index > 0) await waitOrDisconnect(state, { millis: pauseMillis, signal: disconnected });
    if (disconnected.aborted) return;
    await written(exchange, piece);
  }
  response.end();
}

/** The callback of a write comes in any case, with an error when the client has gone. */
function written({ response }: Exchange, bytes: Buffer): Promise<void> {
  return new Promise((resolve) => {
    response.write(bytes, () => {
      resolve();
    });
  });
}
