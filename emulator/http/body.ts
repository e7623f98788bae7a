import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate } from "node:zlib";
import { ApiError } from "./errors";
import { expectsContinue, piecesOf } from "./unreadBody";
import type { IncomingMessage, ServerResponse } from "node:http";

/** https://docs.apify.com/api/v2#error-handling: counted after decompression. */
const maxBodyBytes = 9_437_184;

type Decoder = (body: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

const decoders: Readonly<Record<string, Decoder>> = {
  identity: (body) => Promise.resolve(body),
  gzip: promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

/**
 * Reads and decompresses the body of a request, or says with which error Apify would refuse it. Of a
 * body that is too large, the rest stays unread.
 */
export async function readBody(
  message: IncomingMessage,
  response: ServerResponse,
): Promise<Buffer | ApiError> {
  const announced = Number(message.headers["content-length"] ?? 0);
  if (announced > maxBodyBytes) return tooLarge(announced);
  if (expectsContinue(message)) response.writeContinue();
  const body = await collect(message);
  if (body instanceof ApiError || body.length === 0) return body;
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

async function collect(message: IncomingMessage): Promise<Buffer | ApiError> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of piecesOf(message)) {
      length += chunk.length;
      if (length > maxBodyBytes) return tooLarge(`more than ${maxBodyBytes}`);
      chunks.push(chunk);
    }
  } catch (error) {
    const reason = (error as Error).message;
    return new ApiError("invalid-request", { message: `The body broke off: ${reason}` });
  }
  return Buffer.concat(chunks);
}

function tooLarge(length: number | string): ApiError {
  const message = `The POST payload is too large (limit: ${maxBodyBytes} bytes, actual length: ${length} bytes).`;
  return new ApiError("request-too-large", { message });
}
