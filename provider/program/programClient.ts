import * as pulumi from "@pulumi/pulumi";
import type * as accounts from "../resources/account";
import type { ApifyClient } from "../apify/client";
import type { Account } from "../resources/account";
import type { Settings } from "../resources/config";

const settings: Settings = {
  // `pulumi.Config` would mark everything derived from a secret as a secret, and so hide the data.
  config: (key) => pulumi.runtime.getConfig(key),
  environment: (name) => process.env[name],
};

/**
 * Returns a function that returns the client with which the program itself reads, configured like the
 * provider. The configuration is read at once: a process of the Automation API may run several stacks at
 * the same time, and later the configuration could be another stack's. The returned function throws errors
 * in the configuration.
 */
export function programClient(accountName: string | undefined): () => ApifyClient {
  let account: Account;
  try {
    account = loadAccounts().openAccount(settings, accountName);
  } catch (error) {
    return () => {
      throw error;
    };
  }
  return () => account.client;
}

/** Loaded by the first read: most programs read nothing, and what checks a configuration takes a while to load. */
function loadAccounts(): typeof accounts {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loading late is the point
  return require("../resources/account") as typeof accounts;
}
