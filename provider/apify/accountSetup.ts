import { defaultBaseUrl, defaultConsoleUrl } from "./urls";

/** The settings of an account that an error may mention. The token itself is not among them. */
export interface AccountSetup {
  /** The configuration key or environment variable that the token came from. */
  readonly tokenFrom: string;
  /** The key or variable that `baseUrl` came from; for the default, those that would override it. */
  readonly baseUrlFrom: string;
  /** Without a trailing slash and without `/v2`. */
  readonly baseUrl: string;
  /** The address of Apify Console, without a trailing slash. */
  readonly consoleUrl: string;
}

/** The settings of a user who has set nothing but the token. */
export const defaultSetup: AccountSetup = {
  tokenFrom: "apify:token (or APIFY_TOKEN)",
  baseUrlFrom: "apify:baseUrl or APIFY_API_BASE_URL",
  baseUrl: defaultBaseUrl,
  consoleUrl: defaultConsoleUrl,
};
