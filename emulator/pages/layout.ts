import { htmlAnswer, unchangedAnswer } from "./pageAnswers";
import { html } from "./html";
import type { Answer } from "../http/answer";
import type { EmulatorState } from "../state/emulatorState";
import type { Content, Html } from "./html";
import type { PageRequest } from "./pageRequest";

/** What is on a page. */
export interface PageContent {
  readonly title: string;
  readonly main: Html;
  /** A message about what was just done. */
  readonly notice?: string | undefined;
  /** @default 200 */
  readonly status?: number;
}

/** The parts of a page that change while somebody looks at it. */
export interface LivePart {
  /** Changes with what the parts show. */
  readonly version: string;
  /** Only called if somebody does not see this version. */
  readonly parts: () => Html;
  /** `ended`: nothing changes any more. */
  readonly state: "live" | "ended";
  /** What a screen reader says when it has changed. */
  readonly announcement?: string;
}

/** A page that does not change by itself. */
export function pageAnswer(
  state: EmulatorState,
  request: PageRequest,
  content: PageContent,
): Answer {
  return htmlAnswer(state, whole(request, content, html`<div>${content.main}</div>`), content);
}

/**
 * A page with a live part: the whole of it or, for the script, which says in `live` what the page
 * shows, only that part. `main` is asked for the rest of the page around it.
 */
export function livePageAnswer(
  state: EmulatorState,
  request: PageRequest,
  {
    live,
    ...content
  }: Omit<PageContent, "main"> & {
    readonly live: LivePart;
    readonly before?: Html;
    readonly after?: Html;
  },
): Answer {
  const seen = request.query.get("live");
  if (seen === live.version) return unchangedAnswer();
  const part = html`<div
    data-live="${live.version}"
    data-state="${live.state}"
    data-announcement="${live.announcement ?? ""}"
  >
    ${live.parts()}
  </div>`;
  if (seen !== null) return htmlAnswer(state, part);
  const around = html`${content.before}${part}${content.after}`;
  return htmlAnswer(state, whole(request, content, around), content);
}

function whole(
  request: PageRequest,
  { title, notice }: Pick<PageContent, "title" | "notice">,
  main: Html,
): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · Local Apify</title>
        <link rel="icon" href="data:image/svg+xml,${icon}" />
        <link rel="stylesheet" href="/assets/style.css" />
        <script src="/assets/live.js" defer></script>
      </head>
      <body>
        <a class="skip" href="#main">Skip to the content</a>
        <header class="top">
          <a class="brand" href="/">Local Apify</a>
          <nav aria-label="Pages">${navigation(request)}</nav>
          ${account(request)}
        </header>
        <main id="main" tabindex="-1">
          ${notice === undefined ? undefined : html`<p class="notice" role="status">${notice}</p>`}
          ${main}
        </main>
        <footer>
          <p>An emulator on this machine, not Apify. Times are in UTC.</p>
          <p class="unseen" role="status" id="announcer"></p>
          <p class="offline" id="offline" hidden>The emulator does not answer. Trying again…</p>
        </footer>
      </body>
    </html>`;
}

const icon = encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="4" fill="#2f6f4f"/><path d="M6 4v8l6-4z" fill="#fff"/></svg>',
);

function navigation({ pathname }: PageRequest): Content {
  const pages = [
    ["/", "Runs"],
    ["/tasks", "Tasks"],
    ["/faults", "Faults"],
  ] as const;
  return pages.map(([path, name]) =>
    path === pathname
      ? html`<a href="${path}" aria-current="page">${name}</a>`
      : html`<a href="${path}">${name}</a>`,
  );
}

function account({ user, pathname }: PageRequest): Html {
  if (user === undefined) {
    return html`<p class="account"><a href="${signInPath(pathname)}">Sign in</a></p>`;
  }
  return html`<form class="account" method="post" action="/sign-out">
    <span>${user.username}</span>
    <button class="quiet">Sign out</button>
  </form>`;
}

/** The page to sign in on, which leads back to this one. */
export function signInPath(next: string): string {
  return next === "/sign-in" ? next : `/sign-in?next=${encodeURIComponent(next)}`;
}
