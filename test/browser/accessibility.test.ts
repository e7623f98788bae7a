import assert from "node:assert/strict";
import { source as axeSource } from "axe-core";
import { browserOfSuite, signIn } from "./support/browser";
import { startScene } from "./support/scene";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import type { Scene } from "./support/scene";

const narrow = { width: 360, height: 740 };
const wide = { width: 1280, height: 800 };

/** The serious and critical findings of axe, each with its place. */
async function findingsOn(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate<AxeResults>("axe.run(document)");
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** How far the page can be scrolled sideways, in pixels. */
function overhangOf(page: Page): Promise<number> {
  return page.evaluate(
    "document.documentElement.scrollWidth - document.documentElement.clientWidth",
  );
}

describe("every page", () => {
  const browser = browserOfSuite();
  let scene: Scene;

  before(async () => {
    scene = await startScene();
  });
  after(async () => {
    await scene.emulator.close();
  });

  for (const [visitor, colorScheme, viewport] of [
    ["janedoe", "light", wide],
    ["janedoe", "dark", wide],
    ["janedoe", "light", narrow],
    ["anybody", "dark", narrow],
  ] as const) {
    const how = `${colorScheme}, ${viewport.width} pixels wide, for ${visitor}`;
    it(`has no serious fault for people with disabilities: ${how}`, async () => {
      const options = { colorScheme, viewport, bypassCSP: true };
      const page = await browser.open(scene.emulator.url, options);
      if (visitor === "janedoe") await signIn(page, scene.token);
      for (const path of Object.values(scene.pages)) {
        await page.goto(path);
        assert.deepEqual(await findingsOn(page), [], path);
      }
    });
  }

  it("fits into the width of a phone", async () => {
    const page = await browser.open(scene.emulator.url, { viewport: narrow });
    await signIn(page, scene.token);
    for (const path of Object.values(scene.pages)) {
      await page.goto(path);
      assert.equal(await overhangOf(page), 0, path);
    }
  });

  it("has one main heading, and a language, a title and a way to skip the top", async () => {
    const page = await browser.open(scene.emulator.url);
    for (const path of Object.values(scene.pages)) {
      await page.goto(path);
      assert.equal(await page.locator("h1").count(), 1, path);
      assert.equal(await page.getAttribute("html", "lang"), "en");
      assert.match(await page.title(), /· Local Apify$/);
      assert.equal(await page.locator("a.skip[href='#main']").count(), 1);
    }
  });
});
