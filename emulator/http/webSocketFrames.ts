/** The types of frames: https://www.rfc-editor.org/rfc/rfc6455#section-5.2 */
export const opcodes = {
  continuation: 0,
  text: 1,
  binary: 2,
  close: 8,
  ping: 9,
  pong: 10,
} as const;

const finalBit = 0x80;
const maskBit = 0x80;
const reservedBits = 0x70;
const firstControlOpcode = 8;
const maxControlBytes = 125;
/** Clients have nothing to say here, so that a small limit bounds the memory. */
const maxPayloadBytes = 4096;

/** A control frame of a client. Its other messages are checked and dropped. */
export interface ControlFrame {
  readonly opcode: number;
  readonly payload: Buffer;
}

/** What a client has sent breaks the protocol. `code` is the status to close the connection with. */
export class FrameError extends Error {
  override readonly name = "FrameError";
  constructor(
    readonly code: 1002 | 1009,
    message: string,
  ) {
    super(message);
  }
}

/** A frame from the server, which is never masked or in pieces. */
export function encodeFrame(opcode: number, payload: Buffer): Buffer {
  const { length } = payload;
  const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  head[0] = finalBit | opcode;
  if (length < 126) {
    head[1] = length;
  } else if (length < 65_536) {
    head[1] = 126;
    head.writeUInt16BE(length, 2);
  } else {
    head[1] = 127;
    head.writeBigUInt64BE(BigInt(length), 2);
  }
  return Buffer.concat([head, payload]);
}

/**
 * Creates a function that takes the bytes of a client, in any pieces, and returns the control frames
 * that they complete.
 *
 * @throws FrameError, from the returned function
 */
export function createFrameReader(): (chunk: Buffer) => ControlFrame[] {
  let pending = Buffer.alloc(0);
  let isInMessage = false;
  return (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    const frames: ControlFrame[] = [];
    for (let frame = firstFrame(pending); frame !== undefined; frame = firstFrame(pending)) {
      pending = pending.subarray(frame.totalBytes);
      if (frame.opcode >= firstControlOpcode) {
        frames.push(frame);
        continue;
      }
      if ((frame.opcode === opcodes.continuation) !== isInMessage) {
        throw new FrameError(1002, "A message is in the wrong order");
      }
      isInMessage = !frame.isFinal;
    }
    return frames;
  };
}

interface Frame extends ControlFrame {
  readonly isFinal: boolean;
  readonly totalBytes: number;
}

/** The frame at the beginning of the bytes; undefined if it is not complete. */
function firstFrame(bytes: Buffer): Frame | undefined {
  const [first, second] = bytes;
  if (first === undefined || second === undefined) return undefined;
  const opcode = first & 0x0f;
  const isFinal = (first & finalBit) !== 0;
  if ((first & reservedBits) !== 0) throw new FrameError(1002, "A reserved bit is set");
  if (!(Object.values(opcodes) as number[]).includes(opcode)) {
    throw new FrameError(1002, "The opcode is unknown");
  }
  if ((second & maskBit) === 0) throw new FrameError(1002, "A frame is not masked");
  const shortLength = second & 0x7f;
  if (opcode >= firstControlOpcode && (!isFinal || shortLength > maxControlBytes)) {
    throw new FrameError(1002, "A control frame is too long or in pieces");
  }
  const lengthBytes = shortLength < 126 ? 0 : shortLength === 126 ? 2 : 8;
  const maskAt = 2 + lengthBytes;
  if (bytes.length < maskAt) return undefined;
  const length = lengthBytes === 0 ? shortLength : Number(bigEndian(bytes.subarray(2, maskAt)));
  if (length > maxPayloadBytes) throw new FrameError(1009, "A frame is too long");
  const payloadAt = maskAt + 4;
  const totalBytes = payloadAt + length;
  if (bytes.length < totalBytes) return undefined;
  const mask = bytes.subarray(maskAt, payloadAt);
  const payload = bytes
    .subarray(payloadAt, totalBytes)
    .map((byte, index) => byte ^ (mask[index % 4] ?? 0));
  return { opcode, isFinal, totalBytes, payload: Buffer.from(payload) };
}

function bigEndian(bytes: Buffer): bigint {
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}
