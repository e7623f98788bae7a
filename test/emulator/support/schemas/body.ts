import { z } from "zod";
import { envelope, page } from "./common";

/** What a successful answer has to look like. */
export interface ExpectedAnswer {
  readonly status: number;
  readonly contentType: RegExp;
  /** Of the body as text, or parsed if the content type is JSON; for an empty body, of `""`. */
  readonly body: z.ZodType;
  /** Headers that must be there, in lower case. */
  readonly headers?: readonly string[];
}

const jsonType = /^application\/json; charset=utf-8$/;

/** JSON without an envelope. */
export function json(body: z.ZodType, status = 200): ExpectedAnswer {
  return { status, contentType: jsonType, body };
}

/** JSON in `{data: …}`. */
export function data(schema: z.ZodType, status = 200): ExpectedAnswer {
  return json(envelope(schema), status);
}

/** One page of a list. */
export function pageOf(item: z.ZodType, extraFields?: z.ZodRawShape): ExpectedAnswer {
  return json(page(item, extraFields));
}

/** A JSON object without fields. */
export const emptyObject = json(z.strictObject({}), 201);

/** 204 */
export const noContent: ExpectedAnswer = {
  status: 204,
  contentType: /^$/,
  body: z.literal(""),
};

/** 200 to a HEAD request: any type, and no body. */
export const headOnly: ExpectedAnswer = { status: 200, contentType: /./, body: z.literal("") };

/** A log: https://docs.apify.com/api/v2/log-get */
export const log: ExpectedAnswer = {
  status: 200,
  contentType: /^text\/plain; charset=utf-8$/,
  body: z.string().regex(/^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z .*\n)*$/, "Time each line."),
};

/** A raw log has no times. */
export const rawLog: ExpectedAnswer = { ...log, body: z.string() };

/** The value of a record, of any type. */
export const record: ExpectedAnswer = { status: 200, contentType: /./, body: z.unknown() };

/** https://docs.apify.com/api/v2/dataset-items-get */
export const items: ExpectedAnswer = {
  status: 200,
  contentType:
    /^(application\/(json|jsonl|xml|rss\+xml|x-ndjson|vnd\.openxmlformats-officedocument\.spreadsheetml\.sheet)|text\/(csv|html))(;|$)/,
  // In the formats that are not JSON, text.
  body: z.union([z.array(z.record(z.string(), z.unknown())), z.string()]),
  headers: ["offset", "limit", "count", "total"].map((name) => `x-apify-pagination-${name}`),
};
