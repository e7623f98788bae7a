import assert from "node:assert/strict";
import { request } from "node:http";
import type { IncomingMessage } from "node:http";

/** An answer of the pages. */
export interface Visit {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** How to ask for a page. */
export interface VisitOptions {
  /** The value of the header Cookie. */
  readonly cookie?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Fields of a form, which is sent as a browser sends its own. */
  readonly form?: Readonly<Record<string, string>>;
}

/** Asks for a page as a browser does, without following where it leads. */
export function visit(
  { url }: { readonly url: string },
  methodAndPath: string,
  { cookie, headers = {}, form }: VisitOptions = {},
): Promise<Visit> {
  const [method = "", path = ""] = methodAndPath.split(" ");
  const body = form === undefined ? undefined : new URLSearchParams(form).toString();
  const sent = request(url + path, {
    method,
    agent: false,
    headers: {
      Accept: "text/html,application/xhtml+xml,*/*;q=0.8",
      ...(cookie === undefined ? {} : { Cookie: cookie }),
      ...(body === undefined ? {} : { "Content-Type": "application/x-www-form-urlencoded" }),
      ...(method === "POST" ? { Origin: url } : {}),
      ...headers,
    },
  });
  return new Promise((resolve, reject) => {
    sent.once("error", reject).once("response", (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      response.once("end", () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
      });
    });
    sent.end(body);
  });
}

/** Signs in and returns the cookie. */
export async function signIn(
  emulator: { readonly url: string },
  token = "jane-token",
): Promise<string> {
  const { status, headers } = await visit(emulator, "POST /sign-in", { form: { token } });
  assert.equal(status, 303);
  return headers["set-cookie"]?.[0]?.split(";")[0] ?? "";
}

/** The text of a page without its markup, with single spaces. */
export function textOf({ body }: Visit): string {
  return body
    .replace(/<(head|script)\b.*?<\/\1>/gs, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ");
}
