import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { signIn } from "../test/browser/support/browser";
import { launchChromium } from "../test/browser/support/chromium";
import { startScene } from "../test/browser/support/scene";
import type { Browser } from "playwright-core";
import type { Scene } from "../test/browser/support/scene";

const themes = ["light", "dark"] as const;
const widths = [1280, 360] as const;

/** Writes pictures of every page: light and dark, wide and narrow. Those of the README are among them. */
async function screenshots(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const scene = await startScene();
  const browser = await launchChromium();
  try {
    for (const theme of themes) {
      for (const width of widths) await picturesOf(browser, scene, { folder, theme, width });
    }
    await picturesForReadme(browser, scene, folder);
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
  await page.goto(pages["run-live"] ?? "/");
  await page.screenshot({ path: join(folder, `signed-out-${theme}-${width}.png`), fullPage: true });
  await signIn(page, token);
  for (const [name, path] of Object.entries(pages)) {
    await page.goto(path);
    await page.screenshot({ path: join(folder, `${name}-${theme}-${width}.png`), fullPage: true });
  }
  await context.close();
}

/** The pictures of docs/images: what fits onto a screen. */
async function picturesForReadme(
  browser: Browser,
  { emulator, pages, token }: Scene,
  folder: string,
): Promise<void> {
  const viewport = { width: 1200, height: 780 };
  const context = await browser.newContext({ viewport, baseURL: emulator.url });
  const page = await context.newPage();
  await signIn(page, token);
  for (const [file, name] of [
    ["local-apify-runs", "runs"],
    ["local-apify-run", "run-live"],
  ] as const) {
    await page.goto(pages[name] ?? "/");
    await page.screenshot({ path: join(folder, `${file}.png`) });
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
