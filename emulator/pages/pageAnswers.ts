import { bytes } from "../http/answer";
import { withoutTokens } from "../state/withoutTokens";
import { escaped, markupText } from "./html";
import type { Answer } from "../http/answer";
import type { EmulatorState } from "../state/emulatorState";
import type { StoredRecord } from "../state/storage";
import type { Html } from "./html";

/** Nothing but what this origin serves: no inline code, no other server, no frame around a page. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join("; ");

/** `same-origin`: with `no-referrer`, browsers send forms with `Origin: null`. */
const safety = {
  "Content-Security-Policy": contentSecurityPolicy,
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "same-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Cache-Control": "no-store",
};

/** A page, or a part of one. */
export function htmlAnswer(
  state: EmulatorState,
  markup: Html,
  { status = 200 }: { status?: number } = {},
): Answer {
  const text = withoutTokens(state, markupText(markup), escaped);
  return bytes(Buffer.from(text), "text/html; charset=utf-8", { status, headers: safety });
}

/** A text, as it is but for tokens. */
export function textAnswer(state: EmulatorState, text: string): Answer {
  const shown = withoutTokens(state, text);
  return bytes(Buffer.from(shown), "text/plain; charset=utf-8", { headers: safety });
}

/** 303 to another page of this origin. */
export function redirectAnswer(to: string, headers: Readonly<Record<string, string>> = {}): Answer {
  const location = { Location: to, ...safety, ...headers };
  return { status: 303, headers: location, body: Buffer.alloc(0) };
}

/** 204: a live page shows what there is. */
export function unchangedAnswer(): Answer {
  return { status: 204, headers: safety, body: Buffer.alloc(0) };
}

/** A style sheet or a script of the pages. */
export function assetAnswer(body: Buffer, contentType: string): Answer {
  return bytes(body, contentType, { headers: { ...safety, "Cache-Control": "no-cache" } });
}

/** The types that a browser draws without running anything in them. SVG is not one of them. */
const rasterImages: ReadonlySet<string> = new Set([
  "image/png",
  "image/jpeg",
  "image/gif",
  "image/webp",
]);

/** Whether a browser may draw a body of this type as an image. */
export function isRasterImage(contentType: string): boolean {
  return rasterImages.has(contentType.split(";")[0]?.trim().toLowerCase() ?? "");
}

/**
 * What an Actor has stored, to be saved as a file, without tokens. It never becomes a page of this
 * origin.
 */
export function downloadAnswer(
  state: EmulatorState,
  { body, contentType }: StoredRecord,
  fileName: string,
): Answer {
  const type = isRasterImage(contentType) ? contentType : "application/octet-stream";
  const encodedName = encodeURIComponent(fileName).replace(/['()*]/g, (character) => {
    return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  });
  // Latin-1 has a character for each byte, so that all other bytes stay as they are.
  const shown = Buffer.from(withoutTokens(state, body.toString("latin1")), "latin1");
  return bytes(shown, type, {
    headers: {
      ...safety,
      "Content-Security-Policy": "default-src 'none'; sandbox",
      "Content-Disposition": `attachment; filename*=UTF-8''${encodedName}`,
    },
  });
}
