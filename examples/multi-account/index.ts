import * as pulumi from "@pulumi/pulumi";
import * as apify from "pulumi-apify";

/** One item of the dataset, as the Actor package-inventory writes it. */
interface InstalledPackage {
  name: string;
}

/** Runs the account's own task `inventory`. Returns the names of the packages that it found. */
function inventoryOf(account: string, packages: string[]): pulumi.Output<string[]> {
  const inventory = new apify.TaskRun(account, {
    actorTaskId: "~inventory",
    input: { packages },
    account,
  });
  return apify
    .datasetItems<InstalledPackage>(inventory.defaultDatasetId, {}, { account })
    .apply((items) => items.map(({ name }) => name));
}

export const ours = inventoryOf("local", ["axios", "zod"]);
export const theirs = inventoryOf("partner", ["typescript"]);
