import { html } from "./html";
import { pageAnswer, signInPath } from "./layout";
import type { Answer } from "../http/answer";
import type { ApiError } from "../http/errors";
import type { EmulatorState } from "../state/emulatorState";
import type { PageRequest } from "./pageRequest";

const titles: Readonly<Record<number, string>> = {
  400: "This request is not valid",
  401: "Sign in first",
  402: "The account has reached a limit",
  403: "This is not allowed",
  404: "There is no such page",
  405: "This page cannot do that",
  409: "Somebody else has changed it",
  413: "This is too large",
  429: "Too many requests",
};

/** The page for an error. Its message says what is wrong, as the API would. */
export function errorPage(state: EmulatorState, request: PageRequest, error: ApiError): Answer {
  const { status, type, message } = error;
  const isGone = type === "record-not-found";
  const title = isGone ? "This is not here" : (titles[status] ?? "The emulator failed");
  const signIn = status === 401 || (status === 403 && type === "insufficient-permissions");
  const main = html`<h1>${title}</h1>
    <p>${message}</p>
    ${
      isGone
        ? html`<p>
            It was deleted, an earlier emulator had it in memory only, or it has never been there.
          </p>`
        : undefined
    }
    <p class="dim">${status} <code>${type}</code></p>
    <p class="actions">
      ${signIn ? html`<a class="button" href="${signInPath(backFrom(request))}">Sign in</a>` : undefined}
      <a class="button quiet" href="/">All runs and tasks</a>
    </p>`;
  return pageAnswer(state, request, { title, main, status });
}

/** The page whose form was sent: the address of an action only takes forms. */
function backFrom({ headers, pathname }: PageRequest): string {
  const { referer = "", host = "" } = headers;
  const start = `http://${host}/`;
  return referer.startsWith(start) ? referer.slice(start.length - 1) : pathname;
}
