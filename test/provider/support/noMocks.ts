import * as pulumi from "@pulumi/pulumi";

/** Takes away the mocks that an earlier test of this process has set, for a program that is none. */
export function withoutMocks(): void {
  pulumi.runtime.resetOptions("project", "stack", -1, "", "", false, "");
}
