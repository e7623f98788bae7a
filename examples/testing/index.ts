import * as pulumi from "@pulumi/pulumi";
import * as apify from "pulumi-apify";

interface Product {
  name: string;
  priceUsd: number;
}

const config = new pulumi.Config();

const prices = new apify.TaskRun("prices", {
  actorTaskId: "~price-scraper",
  input: { shop: config.get("shop") ?? "shop.example" },
});

export const cheapest = apify
  .datasetItems<Product>(prices.defaultDatasetId)
  .apply((products) => products.sort((a, b) => a.priceUsd - b.priceUsd)[0]?.name ?? "nothing");
