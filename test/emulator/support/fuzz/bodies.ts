import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { hostileText, jsonObject, jsonValue } from "./values";
import type { Choices } from "./choices";

/** A body, and the headers that describe it, rightly or not. */
export interface FuzzBody {
  readonly bytes: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

const json = { "Content-Type": "application/json" };
const maxBytes = 9_437_184;

interface Compressed {
  readonly bytes: Buffer;
  readonly encoding: string;
}

// A thousandth of what they decompress to.
const bombs: readonly [Compressed, ...Compressed[]] = [
  { bytes: gzipSync(Buffer.alloc(64 * 2 ** 20)), encoding: "gzip" },
  { bytes: deflateSync(Buffer.alloc(64 * 2 ** 20)), encoding: "deflate" },
  { bytes: brotliCompressSync(Buffer.alloc(16 * 2 ** 20)), encoding: "br" },
];

const large = Buffer.alloc(maxBytes + 1, '"');

type Kind = (choices: Choices) => FuzzBody;

const validJson: Kind = (choices) => ({
  bytes: Buffer.from(JSON.stringify(jsonValue(choices))),
  headers: json,
});

const validObject: Kind = (choices) => ({
  bytes: Buffer.from(JSON.stringify(jsonObject(choices))),
  headers: json,
});

const nothing: Kind = () => ({ bytes: Buffer.alloc(0), headers: {} });

const kinds: readonly [Kind, ...Kind[]] = [
  nothing,
  nothing,
  nothing,
  validJson,
  ...Array.from({ length: 8 }, () => validObject),
  (choices) => {
    const text = JSON.stringify(jsonValue(choices));
    return { bytes: Buffer.from(text.slice(0, choices.below(text.length + 1))), headers: json };
  },
  ({ among }) => ({
    bytes: Buffer.from(
      among(["1e400", "[1e400]", "-0", '"\\ud800"', '{"a":"\\udfff"}', "nul", "{}{}"]),
    ),
    headers: json,
  }),
  ({ below, among }) => {
    const levels = below(3_000);
    const [open, close] = among([
      ["[", "]"],
      ['{"a":', "}"],
    ] as const);
    return { bytes: Buffer.from(`${open.repeat(levels)}1${close.repeat(levels)}`), headers: json };
  },
  ({ below }) => ({ bytes: Buffer.from([0xff, 0xfe, below(256), below(256)]), headers: json }),
  (choices) => ({
    bytes: Buffer.from(hostileText(choices)),
    headers: {
      "Content-Type": choices.among([
        "text/plain; charset=utf-8",
        "application/json; charset=utf-16",
        "application/octet-stream",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/html",
        "x",
        "",
      ]),
    },
  }),
  (choices) => {
    const { bytes, headers } = validJson(choices);
    const compress = choices.among([gzipSync, deflateSync, brotliCompressSync]);
    return {
      bytes: compress(bytes),
      headers: { ...headers, "Content-Encoding": encodingOf(choices) },
    };
  },
  (choices) => {
    if (!choices.oneIn(20)) return validJson(choices);
    if (choices.oneIn(4)) return { bytes: large, headers: json };
    const { bytes, encoding } = choices.among(bombs);
    return { bytes, headers: { ...json, "Content-Encoding": encoding } };
  },
];

function encodingOf({ among }: Choices): string {
  return among(["gzip", "GZIP", "deflate", "br", "identity", "zstd", "gzip, br", "__proto__", ""]);
}

/** A body, of a kind that the API expects or not. */
export function fuzzBody(choices: Choices): FuzzBody {
  return choices.among(kinds)(choices);
}
