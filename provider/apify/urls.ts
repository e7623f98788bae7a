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

/** Whose a run is, as far as the run tells. */
interface Owned {
  readonly userId?: string | undefined;
  /** Only runs of organizations have it. */
  readonly createdByOrganizationMemberUserId?: string | null | undefined;
}

/** The page of a run in Apify Console. */
export function runConsoleUrl(
  consoleUrl: string,
  run: Owned & { readonly id: string; readonly actorTaskId?: string | null | undefined },
): string {
  const ofTask = run.actorTaskId ? `/tasks/${encodeURIComponent(run.actorTaskId)}` : "";
  const base = accountConsoleUrl(consoleUrl, run);
  return `${base}/actors${ofTask}/runs/${encodeURIComponent(run.id)}`;
}

/** The page of a run's dataset in Apify Console. */
export function datasetConsoleUrl(consoleUrl: string, run: Owned, datasetId: string): string {
  const base = accountConsoleUrl(consoleUrl, run);
  return `${base}/storage/datasets/${encodeURIComponent(datasetId)}`;
}

/**
 * Where the pages of an account are. Those of an organization are under its id, and that it is one is
 * told, without a request, by what runs of organizations have. Where only the id of a run is known, the
 * link is the one that all accounts share; nobody documents whether Console leads on from it.
 */
function accountConsoleUrl(
  consoleUrl: string,
  { userId, createdByOrganizationMemberUserId }: Owned,
): string {
  return userId !== undefined && createdByOrganizationMemberUserId
    ? `${consoleUrl}/organization/${encodeURIComponent(userId)}`
    : consoleUrl;
}

/** The API address of a dataset's items. It holds no token: whether it opens without one is the account's setting. */
export function datasetItemsUrl(baseUrl: string, datasetId: string): string {
  return `${baseUrl}/v2/datasets/${encodeURIComponent(datasetId)}/items`;
}
