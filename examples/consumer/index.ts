import * as pulumi from "@pulumi/pulumi";
import * as apify from "pulumi-apify";

/** One item of the dataset, as the Actor package-inventory writes it. */
interface InstalledPackage {
  name: string;
  version: string;
  license: string;
  bytes: number;
}

const config = new pulumi.Config();
const producer = new pulumi.StackReference(
  config.get("producer") ?? `organization/quickstart/${pulumi.getStack()}`,
);

export const datasetId = producer.requireOutput("datasetId").apply(String);

const packages = apify.datasetItems<InstalledPackage>(datasetId);

export const summary = packages.apply((items) => ({
  packages: items.map(({ name, version }) => `${name}@${version}`),
  licenses: [...new Set(items.map(({ license }) => license))].sort(),
  kilobytes: Math.round(items.reduce((sum, { bytes }) => sum + bytes, 0) / 1024),
}));
