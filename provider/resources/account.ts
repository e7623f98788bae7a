import { systemClock } from "../apify/clock";
import { isLoopback } from "../apify/connectionFault";
import { readConfig } from "./config";
import { userAgent } from "./userAgent";
import type { ApifyClient } from "../apify/client";
import type { Settings } from "./config";

/** The Apify account that a resource belongs to. */
export interface Account {
  readonly client: ApifyClient;
  readonly baseUrl: string;
  readonly consoleUrl: string;
}

/** Seconds that a local Apify gets to start. If it still refuses the connection then, it is not running. */
const localRefusedSecs = 5;

/** Opens each account once, when it is first needed: a missing token fails only what needs it. */
export function accountReader(settings: Settings): (name?: string) => Account {
  const accounts = new Map<string | undefined, Account>();
  return (name) => {
    const account = accounts.get(name) ?? openAccount(settings, name);
    accounts.set(name, account);
    return account;
  };
}

/**
 * The account as it is configured now. Its client is loaded when it is first used, since a deployment
 * without changes needs none. Throws a `ProviderError` that says what to set.
 */
export function openAccount(settings: Settings, name: string | undefined): Account {
  const config = readConfig(settings, name);
  const { baseUrl, consoleUrl } = config;
  let client: ApifyClient | undefined;
  return {
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
