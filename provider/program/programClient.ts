import * as pulumi from "@pulumi/pulumi";
import { openAccount } from "../resources/account";
import type { ApifyClient } from "../apify/client";
import type { Account } from "../resources/account";
import type { Settings } from "../resources/config";

const settings: Settings = {
  // `pulumi.Config` would mark what comes of a secret as a secret too, and so hide the data.
  config: (key) => pulumi.runtime.getConfig(key),
  environment: (name) => process.env[name],
};

/**
 * The client for reads from the program itself, configured as the provider is. The configuration is
 * read at once: a process of the Automation API runs several stacks, also at the same time, and what
 * is read later may be another one's. What is wrong with it is thrown when the client is asked for.
 */
export function programClient(accountName: string | undefined): () => ApifyClient {
  let account: Account;
  try {
    account = openAccount(settings, accountName);
  } catch (error) {
    return () => {
      throw error;
    };
  }
  return () => account.client;
}
