import type { dynamic } from "@pulumi/pulumi";

/* eslint-disable @typescript-eslint/no-require-imports, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access -- a function that Pulumi serializes can only require; a comment inside it would be serialized too */

/** The provider of Tasks as Pulumi stores it: see `thunk.ts`. A test locks the text. */
export const taskThunk = {
  configure(request: dynamic.ConfigureRequest) {
    require("pulumi-apify/dynamic-task-provider").install(this, request);
  },
} as unknown as dynamic.ResourceProvider;
