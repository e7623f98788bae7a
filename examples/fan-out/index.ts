import * as pulumi from "@pulumi/pulumi";
import * as apify from "pulumi-apify";

const of = new pulumi.Config().getNumber("shares") ?? 40;

/** One run for each share of the work. A changed input reruns only its share; `of` is in every input. */
const shares = Array.from(
  { length: of },
  (_, number) =>
    new apify.TaskRun(`share-${number}`, {
      actorTaskId: "~share",
      input: { number, of },
      memoryMbytes: 256,
      // The account has room for some of the runs at once; the others wait.
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
