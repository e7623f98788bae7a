import * as pulumi from "@pulumi/pulumi";
import { createApifyClient } from "../apify/client";
import { systemClock } from "../apify/clock";
import { readConfig } from "./config";
import { userAgent } from "./userAgent";
import type { ApifyClient } from "../apify/client";

let shared: ApifyClient | undefined;

/** The client for reads from the program itself, configured as the provider is. */
export function programClient(): ApifyClient {
  shared ??= createApifyClient({
    // `pulumi.Config` would mark what comes of a secret as a secret too, and so hide the data.
    ...readConfig({
      config: (key) => pulumi.runtime.getConfig(key),
      environment: (name) => process.env[name],
    }),
    userAgent,
    clock: systemClock,
  });
  return shared;
}
