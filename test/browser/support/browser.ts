import assert from "node:assert/strict";
import { launchChromium } from "./chromium";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";

/** A browser for the tests of a suite. */
export interface TestBrowser {
  /** Opens an empty page in a profile of its own. The test fails if anything goes wrong in it. */
  readonly open: (url: string, options?: BrowserContextOptions) => Promise<Page>;
  /** What went wrong in the pages so far, which then does not make the test fail. */
  readonly takeProblems: () => string[];
}

/** How long a browser may take on a busy machine. */
const browserMillis = 60_000;

/** Starts a browser for the enclosing suite; closes its pages after each test. */
export function browserOfSuite(): TestBrowser {
  let browser: Browser | undefined;
  const problems: string[] = [];
  const takeProblems = (): string[] => problems.splice(0);

  before(async function () {
    // Chromium may have to be installed first.
    this.timeout(10 * browserMillis);
    browser = await launchChromium();
  });
  afterEach(async () => {
    await Promise.all((browser?.contexts() ?? []).map((context) => context.close()));
    assert.deepEqual(takeProblems(), []);
  });
  after(async () => {
    await browser?.close();
  });

  return {
    open: async (url, options = {}) => {
      assert.ok(browser);
      const context = await browser.newContext({ baseURL: url, ...options });
      context.setDefaultTimeout(browserMillis);
      const page = await context.newPage();
      watch(page, problems);
      return page;
    },
    takeProblems,
  };
}

/** Code that runs although nobody has written it, and what a page complains about. */
function watch(page: Page, problems: string[]): void {
  page.on("dialog", (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("pageerror", (error) => problems.push(`error: ${error.message}`));
  page.on("console", (message) => {
    // Chromium reports each answer that is an error, and each violation of the policy.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) {
      problems.push(`console: ${message.text()}`);
    }
  });
}

/** Signs in with the form. */
export async function signIn(page: Page, token = "jane-token"): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("Token").fill(token);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: "Sign out" }).waitFor();
}
