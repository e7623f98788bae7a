import type { dynamic } from "@pulumi/pulumi";

/* eslint-disable @typescript-eslint/no-require-imports, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access -- a function that Pulumi serializes can only require; a comment inside it would be serialized too */

/**
 * The provider as Pulumi stores it. Its source text goes into the state, twice for each resource, and an old
 * text must work with every later version of this package. So it captures nothing and does one thing: the
 * host calls `configure` before any other method, and `configure` gets the other methods from the installed
 * package. A test locks the text.
 */
export const thunk = {
  configure(request: dynamic.ConfigureRequest) {
    require("pulumi-apify/dynamic-provider").install(this, request);
  },
} as unknown as dynamic.ResourceProvider;
