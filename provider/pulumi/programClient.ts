import * as pulumi from "@pulumi/pulumi";
import { accountReader } from "./account";
import type { ApifyClient } from "../apify/client";

// `pulumi.Config` would mark what comes of a secret as a secret too, and so hide the data.
const account = accountReader({
  config: (key) => pulumi.runtime.getConfig(key),
  environment: (name) => process.env[name],
});

/** The client for reads from the program itself, configured as the provider is. */
export function programClient(accountName: string | undefined): ApifyClient {
  return account(accountName).client;
}
