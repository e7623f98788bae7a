/** Where the Apify API is when neither `apify:baseUrl` nor `APIFY_API_BASE_URL` says otherwise. */
export const defaultBaseUrl = "https://api.apify.com";

/** Where Apify Console is when neither `apify:consoleUrl` nor `APIFY_CONSOLE_URL` says otherwise. */
export const defaultConsoleUrl = "https://console.apify.com";

/**
 * Brings a base URL to the one form the rest of the package uses: no trailing slash, no `/v2`.
 * Answers `undefined` for anything that is not an http(s) URL.
 */
export function normalizeBaseUrl(text: string): string | undefined {
  let url: URL;
  try {
    url = new URL(text.trim());
  } catch {
    return undefined;
  }
  if (url.protocol !== "http:" && url.protocol !== "https:") return undefined;
  const path = url.pathname.replace(/\/+$/, "").replace(/\/v2$/, "");
  return `${url.origin}${path}`;
}

/** The page of a run in Apify Console. */
export function runConsoleUrl(
  consoleUrl: string,
  run: { id: string; actorTaskId?: string | null | undefined },
): string {
  return run.actorTaskId
    ? `${consoleUrl}/actors/tasks/${run.actorTaskId}/runs/${run.id}`
    : `${consoleUrl}/actors/runs/${run.id}`;
}

/** The page of a dataset in Apify Console. */
export function datasetConsoleUrl(consoleUrl: string, datasetId: string): string {
  return `${consoleUrl}/storage/datasets/${datasetId}`;
}

/** The API address of a dataset's items. It holds no token: whether it opens without one is the account's setting. */
export function datasetItemsUrl(baseUrl: string, datasetId: string): string {
  return `${baseUrl}/v2/datasets/${datasetId}/items`;
}
