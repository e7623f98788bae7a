import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate } from "node:zlib";
import { ApiError } from "./errors";
import type { IncomingMessage } from "node:http";

/** https://docs.apify.com/api/v2#error-handling: counted after decompression. */
const maxBodyBytes = 9_437_184;

type Decoder = (body: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

const decoders: Readonly<Record<string, Decoder>> = {
  identity: (body) => Promise.resolve(body),
  gzip: promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

/** Reads and decompresses the body of a request, or says with which error Apify would refuse it. */
export async function readBody(message: IncomingMessage): Promise<Buffer | ApiError> {
  const { body, length, error } = await collect(message);
  if (error !== undefined) {
    return new ApiError("invalid-request", { message: `The body broke off: ${error.message}` });
  }
  if (length > maxBodyBytes) return tooLarge(length);
  if (body.length === 0) return body;
  const encoding = message.headers["content-encoding"]?.trim().toLowerCase() ?? "identity";
  const decode = Object.hasOwn(decoders, encoding) ? decoders[encoding] : undefined;
  if (decode === undefined) {
    const text = `Content-Encoding "${encoding}" is not supported. Use br, gzip, deflate or identity.`;
    return new ApiError("unsupported-content-encoding", { message: text });
  }
  try {
    return await decode(body, { maxOutputLength: maxBodyBytes });
  } catch (error) {
    const { code, message: reason } = error as NodeJS.ErrnoException;
    if (code === "ERR_BUFFER_TOO_LARGE") return tooLarge(`more than ${maxBodyBytes}`);
    return new ApiError("invalid-request", { message: `The body is not ${encoding}: ${reason}` });
  }
}

/** Reads to the end in any case: a client that is cut off while it sends sees no answer. */
async function collect(
  message: IncomingMessage,
): Promise<{ body: Buffer; length: number; error?: Error }> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of message as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length <= maxBodyBytes) chunks.push(chunk);
    }
  } catch (error) {
    return { body: Buffer.alloc(0), length, error: error as Error };
  }
  return { body: Buffer.concat(chunks), length };
}

function tooLarge(length: number | string): ApiError {
  const message = `The POST payload is too large (limit: ${maxBodyBytes} bytes, actual length: ${length} bytes).`;
  return new ApiError("request-too-large", { message });
}
