import { systemClock } from "../apify/clock";
import { isLoopback } from "../apify/urls";
import { readConfig } from "./config";
import { userAgent } from "./userAgent";
import type { ApifyClient } from "../apify/client";
import type { Settings } from "./config";

/** The Apify account that a resource belongs to. */
export interface Account {
  readonly client: ApifyClient;
  /** The configuration key or environment variable that the token came from. */
  readonly tokenFrom: string;
  readonly baseUrl: string;
  readonly consoleUrl: string;
}

/** Seconds for which a local Apify may refuse connections because it is starting. */
const localRefusedSecs = 5;

/** Returns a function that opens each account once, when it is first needed, so that a missing token fails only operations that need it. */
export function accountReader(settings: Settings): (name?: string) => Account {
  const accounts = new Map<string | undefined, Account>();
  return (name) => {
    const account = accounts.get(name) ?? openAccount(settings, name);
    accounts.set(name, account);
    return account;
  };
}

/**
 * Opens the account with this name, or the default one, with the configuration at this moment. Its client is
 * loaded when it is first used: a deployment without changes needs none. Throws a `ConfigurationError`.
 */
export function openAccount(settings: Settings, name: string | undefined): Account {
  const config = readConfig(settings, name);
  const { tokenFrom, baseUrl, consoleUrl } = config;
  let client: ApifyClient | undefined;
  return {
    tokenFrom,
    baseUrl,
    consoleUrl,
    get client() {
      client ??= loadClient().createApifyClient({
        ...config,
        userAgent,
        clock: systemClock,
        refusedSecs: isLoopback(baseUrl) ? localRefusedSecs : undefined,
      });
      return client;
    },
  };
}

function loadClient(): typeof import("../apify/client") {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loading late is the point
  return require("../apify/client") as typeof import("../apify/client");
}
