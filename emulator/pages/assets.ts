import { readFileSync } from "node:fs";
import { join } from "node:path";
import { assetAnswer } from "./pageAnswers";
import { page } from "./pageRequest";
import type { PageRoute } from "./pageRequest";

/** The style sheet and the script of the pages, which are read once. */
export function assetRoutes(): PageRoute[] {
  return (
    [
      ["style.css", "text/css; charset=utf-8"],
      ["live.js", "text/javascript; charset=utf-8"],
    ] as const
  ).map(([file, contentType]) => {
    const body = readFileSync(join(__dirname, "assets", file));
    return page(`/assets/${file}`, () => assetAnswer(body, contentType));
  });
}
