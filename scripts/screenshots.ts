import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { launchChromium } from "../test/browser/support/chromium";
import { startScene } from "../test/browser/support/scene";
import type { Browser } from "playwright-core";
import type { Scene } from "../test/browser/support/scene";

const themes = ["light", "dark"] as const;
const widths = [1280, 360] as const;

/** Writes pictures of every page: light and dark, wide and narrow. */
async function screenshots(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const scene = await startScene();
  const browser = await launchChromium();
  try {
    for (const theme of themes) {
      for (const width of widths) await picturesOf(browser, scene, { folder, theme, width });
    }
  } finally {
    await browser.close();
    await scene.emulator.close();
  }
}

async function picturesOf(
  browser: Browser,
  { emulator, pages, token }: Scene,
  { folder, theme, width }: { folder: string; theme: (typeof themes)[number]; width: number },
): Promise<void> {
  const context = await browser.newContext({
    colorScheme: theme,
    viewport: { width, height: 800 },
    baseURL: emulator.url,
  });
  const page = await context.newPage();
  await page.goto("/sign-in");
  await page.screenshot({ path: join(folder, `signed-out-${theme}-${width}.png`) });
  await page.getByLabel("Token").fill(token);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("/");
  for (const [name, path] of Object.entries(pages)) {
    await page.goto(path);
    await page.screenshot({ path: join(folder, `${name}-${theme}-${width}.png`), fullPage: true });
  }
  await context.close();
}

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error("Usage: npm run screenshots -- FOLDER");
  process.exitCode = 1;
} else {
  screenshots(folder).catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
}
