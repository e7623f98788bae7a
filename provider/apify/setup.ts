import { defaultBaseUrl, defaultConsoleUrl } from "./urls";

/** How the user has set an account up, as far as an error tells: never the token itself. */
export interface AccountSetup {
  /** The configuration key or environment variable that the token came from. */
  readonly tokenFrom: string;
  /** The one that `baseUrl` came from, or the ones that set another where it is the default. */
  readonly baseUrlFrom: string;
  /** Without a trailing slash and without `/v2`. */
  readonly baseUrl: string;
  /** Where Apify Console is, without a trailing slash. */
  readonly consoleUrl: string;
}

/** For what is not known to come from elsewhere. */
export const defaultSetup: AccountSetup = {
  tokenFrom: "apify:token (or APIFY_TOKEN)",
  baseUrlFrom: "apify:baseUrl or APIFY_API_BASE_URL",
  baseUrl: defaultBaseUrl,
  consoleUrl: defaultConsoleUrl,
};
