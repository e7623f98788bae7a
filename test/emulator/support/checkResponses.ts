import { gunzipSync } from "node:zlib";
import { z } from "zod";
import { startListeners } from "./emulator";
import { errorEnvelope } from "./schemas/common";
import { endpointOf } from "./schemas/endpoints";
import type { Emulator, InterceptorResult } from "../../../emulator";
import type { ExpectedAnswer } from "./schemas/body";

/** An answer, as far as it is checked. */
export interface CheckedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/**
 * Checks all answers of the emulators that the tests of a suite start against Apify's schemas, and
 * fails the suite at its end with those that differ.
 */
export function checkResponsesOfSuite(): void {
  const check = responseChecks();
  before(() => {
    startListeners.add(check);
  });
  after(() => {
    startListeners.delete(check);
  });
}

/** The same for emulators that were started in another way: call the returned function for each. */
export function responseChecks(): (emulator: Emulator) => void {
  const problems = new Map<string, string>();
  let test = "";
  beforeEach(function () {
    test = this.currentTest?.title ?? "";
  });
  before(function () {
    // After the other hooks of the suite, because Mocha skips those that follow one that failed.
    this.test?.parent?.afterAll("answers as Apify does", () => {
      if (problems.size === 0) return;
      throw new Error(`Answers differ from Apify's.\n${[...problems.values()].join("\n\n")}`);
    });
  });
  return (emulator) => {
    emulator.use(async ({ method, pathname }, exchange): Promise<InterceptorResult> => {
      const answer = await exchange.serve();
      const problem = problemOf(method, pathname, answer);
      if (problem !== undefined) {
        const pattern = endpointOf(method, pathname)?.pattern ?? pathname;
        const text = `${method} ${pathname} in "${test}": ${problem}`;
        problems.set(`${method} ${pattern} ${problem}`, text);
      }
      exchange.send(answer);
      return "handled";
    });
  };
}

/** How an answer differs from Apify's; undefined if it does not. */
export function problemOf(
  method: string,
  pathname: string,
  answer: CheckedAnswer,
): string | undefined {
  if (answer.status >= 500) return `${answer.status}: ${answer.body.toString()}`;
  // Node does not send the body of an answer to HEAD.
  if (method === "HEAD") return problemOf("GET", pathname, answer);
  if (answer.status >= 400) return errorProblem(answer);
  const endpoint = endpointOf(method, pathname);
  if (endpoint === undefined) return `${answer.status}, but Apify has no such endpoint`;
  const expected = endpoint.answers.filter(({ status }) => status === answer.status);
  if (expected.length === 0) return `the status ${answer.status} is not documented`;
  const found = expected.map((each) => answerProblem(answer, each));
  return found.includes(undefined) ? undefined : found[0];
}

function errorProblem(answer: CheckedAnswer): string | undefined {
  // Only the body of an answer to HEAD is empty.
  if (answer.body.length === 0) return undefined;
  return answerProblem(answer, {
    status: answer.status,
    contentType: /^application\/json; charset=utf-8$/,
    body: errorEnvelope,
  });
}

function answerProblem(answer: CheckedAnswer, expected: ExpectedAnswer): string | undefined {
  const headers = Object.fromEntries(
    Object.entries(answer.headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const missing = (expected.headers ?? []).filter((name) => headers[name] === undefined);
  if (missing.length > 0) return `the headers ${missing.join(", ")} are missing`;
  const contentType = headers["content-type"] ?? "";
  if (!expected.contentType.test(contentType)) return `the content type is "${contentType}"`;
  const text = decoded(answer.body, headers["content-encoding"]).toString("utf8");
  const parsed = expected.body.safeParse(
    contentType.startsWith("application/json;") ? json(text) : text,
  );
  return parsed.success ? undefined : z.prettifyError(parsed.error);
}

/** The value of a JSON text; other texts as they are, because records can contain those. */
function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function decoded(body: Buffer, encoding: string | undefined): Buffer {
  return encoding === "gzip" ? gunzipSync(body) : body;
}
