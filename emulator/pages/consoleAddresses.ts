import { html } from "./html";
import { pageAnswer } from "./layout";
import { redirectAnswer } from "./pageAnswers";
import { page } from "./pageRequest";
import { runPath, taskPath } from "./paths";
import type { Answer } from "../http/answer";
import type { EmulatorState } from "../state/emulatorState";
import type { Html } from "./html";
import type { PageRequest, PageRoute } from "./pageRequest";

/**
 * The other addresses of Apify Console that programs print, so that their links open here when
 * `APIFY_CONSOLE_URL` is the address of the emulator.
 */
export function consoleRoutes(state: EmulatorState): PageRoute[] {
  const toRun = ({ params }: PageRequest): Answer => redirectAnswer(runPath(params.run ?? ""));
  return [
    page("/actors/tasks/:task/runs/:run", toRun),
    page("/actors/:actor/runs/:run", toRun),
    page("/view/runs/:run", toRun),
    ...["/tasks/:task", "/actors/tasks/:task/runs"].map((path) =>
      page(path, ({ params, query }) =>
        // With the query: the page of a start that was refused asks here for its live part.
        redirectAnswer(
          `${taskPath(params.task ?? "")}${query.size === 0 ? "" : `?${query.toString()}`}`,
        ),
      ),
    ),
    ...["/actors", "/actors/tasks"].map((path) => page(path, () => redirectAnswer("/tasks"))),
    ...["/actors/runs", "/runs", "/storage", "/storage/:kind"].map((path) =>
      page(path, () => redirectAnswer("/")),
    ),
    ...organizationRoutes(),
    ...["/billing", "/billing/:section"].map((path) =>
      page(path, (request) =>
        pageAnswer(state, request, { title: "Billing", main: billing(state) }),
      ),
    ),
    ...["/settings", "/settings/:section"].map((path) =>
      page(path, (request) =>
        pageAnswer(state, request, { title: "Settings", main: settings(state) }),
      ),
    ),
  ];
}

/** An organization's pages have the same addresses as a person's, below its id. */
function organizationRoutes(): PageRoute[] {
  return [1, 2, 3, 4, 5].map((depth) => {
    const names = Array.from({ length: depth }, (_, index) => `part${index}`);
    const pattern = `/organization/:id/${names.map((name) => `:${name}`).join("/")}`;
    return page(pattern, ({ params }) => {
      const parts = names.map((name) => encodeURIComponent(params[name] ?? ""));
      return redirectAnswer(`/${parts.join("/")}`);
    });
  });
}

function billing({ users }: EmulatorState): Html {
  return html`<h1>Billing</h1>
    <p>Nothing costs anything here. What the pages call cost is about what Apify would charge.</p>
    <p>The declaration sets the limits of the accounts:</p>
    <ul>
      ${users.map(
        ({ username, limits }) =>
          html`<li>
            ${username}: ${limits.maxMemoryMbytes} MB of memory, ${limits.maxConcurrentRuns} runs at
            the same time
          </li>`,
      )}
    </ul>`;
}

function settings({ users }: EmulatorState): Html {
  return html`<h1>Settings</h1>
    <p>
      At Apify, this page shows the tokens of an account. Here the declaration has them, and the
      emulator prints them when it starts. Every token may do everything. The accounts are:
    </p>
    <ul>
      ${users.map(({ username }) => html`<li>${username}</li>`)}
    </ul>`;
}
