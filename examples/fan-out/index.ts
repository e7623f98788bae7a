import * as pulumi from "@pulumi/pulumi";
import * as apify from "pulumi-apify";

const of = new pulumi.Config().getNumber("shares") ?? 40;

/** One run for each share of the work. The name is the share's own, so that a changed input reruns that share alone; `of` is in each. */
const shares = Array.from(
  { length: of },
  (_, number) =>
    new apify.TaskRun(`share-${number}`, {
      actorTaskId: "~share",
      input: { number, of },
      memoryMbytes: 256,
      // The account's memory holds some of the runs at one time; the others wait until there is room.
      startWaitSecs: 30 * 60,
    }),
);

const sizes = shares.map(({ defaultDatasetId }) =>
  apify.datasetItems(defaultDatasetId, { fields: ["name"] }).apply((items) => items.length),
);

export const runs = shares.length;
export const packages = pulumi
  .all(sizes)
  .apply((each) => each.reduce((sum, size) => sum + size, 0));
