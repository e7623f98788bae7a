/** The address of the Apify API, unless `apify:baseUrl` or `APIFY_API_BASE_URL` is set. */
export const defaultBaseUrl = "https://api.apify.com";

/** The address of Apify Console, unless `apify:consoleUrl` or `APIFY_CONSOLE_URL` is set. */
export const defaultConsoleUrl = "https://console.apify.com";

/**
 * A base URL in the form that the rest of the package uses: without a trailing slash and without `/v2`.
 * `undefined` if the text is not an http(s) URL.
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

/** The fields of a run that identify its owner. */
interface Owned {
  readonly userId?: string | undefined;
  /** Only runs of organizations have this field. */
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

/** The page of a task in Apify Console. It opens for an organization's task too, once the user has switched to that account. */
export function taskConsoleUrl(consoleUrl: string, taskId: string): string {
  return `${consoleUrl}/actors/tasks/${encodeURIComponent(taskId)}`;
}

/** The page of a run's dataset in Apify Console. */
export function datasetConsoleUrl(consoleUrl: string, run: Owned, datasetId: string): string {
  const base = accountConsoleUrl(consoleUrl, run);
  return `${base}/storage/datasets/${encodeURIComponent(datasetId)}`;
}

/**
 * The address of an account's pages. An organization's pages are below its id; only runs of organizations
 * have the field `createdByOrganizationMemberUserId`. If only the id of a run is known, the result is the
 * address for a personal account; whether Console redirects it is not documented.
 */
function accountConsoleUrl(
  consoleUrl: string,
  { userId, createdByOrganizationMemberUserId }: Owned,
): string {
  return userId !== undefined && createdByOrganizationMemberUserId
    ? `${consoleUrl}/organization/${encodeURIComponent(userId)}`
    : consoleUrl;
}

/** The API address of a dataset's items, without a token. Whether it opens without one depends on the account's settings. */
export function datasetItemsUrl(baseUrl: string, datasetId: string): string {
  return `${baseUrl}/v2/datasets/${encodeURIComponent(datasetId)}/items`;
}

/** Whether a URL points to this machine. */
export function isLoopback(url: string): boolean {
  const host = URL.canParse(url) ? new URL(url).hostname : "";
  return /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\]|0\.0\.0\.0|\[::\])$/.test(host);
}
