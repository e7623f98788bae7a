import axios from "axios";
import { at, isData, textAt } from "./json";
import { NotChecked } from "./verdict";
import { redactionOf } from "../../provider/apify/redaction";
import type { Clock } from "../../provider/apify/clock";
import type { Data } from "./json";

/** The parts of a request besides its method and path. */
export interface Call {
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is, instead of `json`. */
  readonly body?: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A response of the API. */
export interface Reply {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Without the token. */
  readonly text: string;
  /** The body; `undefined` if it is not JSON. */
  readonly json: unknown;
  /** The `data` of the envelope; empty if there is none. */
  readonly data: Data;
  /** The type of an error; empty if there is none. */
  readonly errorType: string;
  /** How long the response took. */
  readonly millis: number;
}

/**
 * The plain API of one account. It shares with the provider only what hides the token, so that a misreading of
 * the provider cannot hide here, and it repeats nothing.
 */
export interface Api {
  /**
   * Sends a request such as `GET /v2/users/me`. Throws `NotChecked` if there is no response, or one that
   * proves nothing: 408, 429 or 5xx.
   */
  call(methodAndPath: string, call?: Call): Promise<Reply>;
  /** Every description of a run that came in a response. */
  readonly runsSeen: readonly Data[];
}

/** How to reach the API. */
export interface ApiOptions {
  readonly baseUrl: string;
  readonly token: string;
  readonly clock: Clock;
  /** Ends the request that is under way. */
  readonly signal?: AbortSignal | undefined;
  /** Called for each POST without a usable response, which may have created something. */
  readonly onLostPost?: () => void;
}

/** Longer than any request that Apify holds back on purpose. */
const timeoutMillis = 100_000;

/** The plain API of the account of a token. */
export function createApi({ baseUrl, token, clock, signal, onLostPost }: ApiOptions): Api {
  const runsSeen: Data[] = [];
  // Before a check can cut it: no part of a token may remain.
  const redaction = redactionOf(token);
  const noteLoss = (methodAndPath: string): void => {
    if (methodAndPath.startsWith("POST ")) onLostPost?.();
  };

  const send = async (methodAndPath: string, call: Call): Promise<Reply> => {
    const [method = "", path = ""] = methodAndPath.split(" ");
    const content = call.json === undefined ? call.body : JSON.stringify(call.json);
    const began = clock.monotonicMillis();
    const response = await axios.request<Buffer>({
      method,
      url: `${baseUrl}${path}${queryOf(call)}`,
      headers: {
        Authorization: `Bearer ${token}`,
        "Accept-Encoding": "identity",
        "Content-Type": content === undefined ? false : "application/json",
        ...call.headers,
      },
      data: content,
      responseType: "arraybuffer",
      validateStatus: null,
      timeout: timeoutMillis,
      maxBodyLength: Infinity,
      ...(signal && { signal }),
    });
    const text = redaction.text(Buffer.from(response.data).toString("utf8"));
    const json = parsed(text);
    const data = at(json, "data");
    return {
      status: response.status,
      headers: Object.fromEntries(
        Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
      ),
      text,
      json,
      data: isData(data) ? data : {},
      errorType: textAt(json, "error", "type"),
      millis: clock.monotonicMillis() - began,
    };
  };

  return {
    call: async (methodAndPath, call = {}) => {
      const reply = await send(methodAndPath, call).catch((error: unknown) => {
        noteLoss(methodAndPath);
        throw new NotChecked(`no response to ${methodAndPath}: ${reasonOf(error)}`);
      });
      const { status, data } = reply;
      if (status === 408 || status === 429 || status >= 500) {
        noteLoss(methodAndPath);
        throw new NotChecked(`${methodAndPath} was answered with ${status}; try again later`);
      }
      if (textAt(data, "status") !== "" && "defaultDatasetId" in data) runsSeen.push(data);
      return reply;
    },
    runsSeen,
  };
}

function queryOf({ query = {} }: Call): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) parameters.append(name, String(value));
  return parameters.size === 0 ? "" : `?${parameters.toString()}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A response in a few words: `404 record-not-found`. */
export function inWords({ status, errorType }: Pick<Reply, "status" | "errorType">): string {
  return `${status} ${errorType}`.trimEnd();
}

/** Seconds with one decimal. */
export function secs(millis: number): string {
  return `${(millis / 1000).toFixed(1)} s`;
}
