import { json } from "../http/answer";
import { chunksOf, halfOf, uncompressed, withBody } from "./alteredAnswers";
import { waitForDisconnect, waitOrDisconnect } from "./delays";
import type { Answer } from "../http/answer";
import type { Exchange } from "../http/exchange";
import type { EmulatorState } from "../state/emulatorState";
import type { Fault, FaultAnswer } from "./fault";

/** Applies a fault to a request; resolves when the emulator has finished with the request. */
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
      // Not a reset, which could discard bytes that were already sent. The client reads those, and
      // then finds the body shorter than its announced length.
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

/** Sends the head and the first bytes; resolves when they were written. */
async function sendBeginning(exchange: Exchange, bytes: number | undefined): Promise<void> {
  const answer = await exchange.serve();
  if (answer.body.length === 0) return;
  exchange.begin(answer);
  // Leaves out at least one byte, or the client would have the whole answer.
  const maxBytes = answer.body.length - 1;
  await written(
    exchange,
    answer.body.subarray(0, Math.min(bytes ?? halfOf(answer.body), maxBytes)),
  );
}

async function sendSlowly(
  state: EmulatorState,
  exchange: Exchange,
  { chunks, pauseMillis }: { chunks: number; pauseMillis: number },
): Promise<void> {
  const answer = await exchange.serve();
  const { disconnected, response } = exchange;
  exchange.begin(answer);
  for (const [index, chunk] of chunksOf(answer.body, chunks).entries()) {
    if (index > 0) await waitOrDisconnect(state, { millis: pauseMillis, signal: disconnected });
    if (disconnected.aborted) return;
    await written(exchange, chunk);
  }
  response.end();
}

/** Resolves in any case: the callback gets an error if the client has disconnected. */
function written({ response }: Exchange, bytes: Buffer): Promise<void> {
  return new Promise((resolve) => {
    response.write(bytes, () => {
      resolve();
    });
  });
}
