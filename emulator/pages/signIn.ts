import { html } from "./html";
import { pageAnswer } from "./layout";
import { redirectAnswer } from "./pageAnswers";
import { page } from "./pageRequest";
import { userWithToken } from "./sessions";
import type { Answer } from "../http/answer";
import type { EmulatorState } from "../state/emulatorState";
import type { FormRequest, PageRequest, PageRoute } from "./pageRequest";
import type { Sessions } from "./sessions";

/** The page to sign in on, and what its form and the button to sign out do. */
export function signInRoutes(state: EmulatorState, sessions: Sessions): PageRoute[] {
  return [
    page("/sign-in", (request) =>
      signInPage(state, request, { next: localPath(request.query.get("next")) }),
    ),
    {
      method: "POST",
      pattern: "/sign-in",
      handle: (request) => signIn(state, sessions, request),
    },
    {
      method: "POST",
      pattern: "/sign-out",
      handle: ({ headers }) => redirectAnswer("/", { "Set-Cookie": sessions.end(headers) }),
    },
  ];
}

function signIn(state: EmulatorState, sessions: Sessions, request: FormRequest): Answer {
  const next = localPath(request.form.get("next"));
  const token = request.form.get("token")?.trim() ?? "";
  const user = userWithToken(state, token);
  if (user !== undefined) {
    return redirectAnswer(next, { "Set-Cookie": sessions.begin(user) });
  }
  const problem = token === "" ? "Enter a token." : "No account of this emulator has this token.";
  return signInPage(state, request, { next, problem });
}

function signInPage(
  state: EmulatorState,
  request: PageRequest,
  { next, problem }: { next: string; problem?: string },
): Answer {
  const main = html`<h1>Sign in</h1>
    <p>
      Everybody on this machine can read these pages. To run, abort or change something, sign in
      with the token of an account. The emulator prints the tokens when it starts.
    </p>
    <form class="stack narrow" method="post" action="/sign-in">
      <input type="hidden" name="next" value="${next}" />
      <label for="token">Token</label>
      <input
        id="token"
        name="token"
        type="password"
        required
        autocomplete="current-password"
        ${problem === undefined ? undefined : html`aria-invalid="true" aria-describedby="problem"`}
      />
      ${problem === undefined ? undefined : html`<p class="problem" id="problem">${problem}</p>`}
      <p><button>Sign in</button></p>
    </form>`;
  const status = problem === undefined ? 200 : 403;
  return pageAnswer(state, request, { title: "Sign in", main, status });
}

/** A path of this origin. Anything else would make this page a way to others. */
function localPath(text: string | null): string {
  const base = "http://local.invalid";
  if (text?.startsWith("/") !== true || !URL.canParse(text, base)) return "/";
  const { origin, pathname, search } = new URL(text, base);
  // A path such as "/.//other.example" becomes one with two slashes, which names another host.
  return origin === base && !pathname.startsWith("//") ? pathname + search : "/";
}
