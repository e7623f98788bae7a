import { stringify } from "yaml";
import { secretNote } from "./language";
import { describeLifecycle } from "./lifecycle";
import type { Language, WantedRun } from "./language";

function taskRun({ task, importId }: WantedRun): object {
  return {
    type: "apify:TaskRun",
    properties: { actorTaskId: task },
    ...(importId === undefined ? {} : { options: { import: importId } }),
  };
}

const yaml: Language = {
  name: "YAML",
  runtime: "yaml",
  file: "Main.yaml",
  environment: () => Promise.resolve({}),
  program: ({ input, runs = {} }) =>
    stringify({
      resources: {
        scraper: {
          type: "apify:Task",
          properties: {
            actorId: "janedoe/obedient",
            input: { ...input, note: { "fn::secret": secretNote } },
            options: { memoryMbytes: 256 },
          },
        },
        prices: {
          type: "apify:TaskRun",
          properties: {
            actorTaskId: "${scraper.id}",
            triggers: ["${scraper.fingerprint}"],
            onDelete: "abort",
          },
        },
        ...Object.fromEntries(Object.entries(runs).map(([name, run]) => [name, taskRun(run)])),
      },
      variables: {
        items: {
          "fn::invoke": {
            function: "apify:getDatasetItems",
            arguments: { datasetId: "${prices.defaultDatasetId}" },
            return: "items",
          },
        },
        record: {
          "fn::invoke": {
            function: "apify:getKeyValueStoreRecord",
            arguments: { storeId: "${prices.defaultKeyValueStoreId}", key: "OUTPUT" },
            return: "record",
          },
        },
      },
      outputs: {
        runId: "${prices.runId}",
        exitCode: "${prices.exitCode}",
        memoryMbytes: "${prices.options.memoryMbytes}",
        datasetId: "${prices.defaultDatasetId}",
        items: "${items}",
        output: "${record.value}",
      },
    }),
};

describeLifecycle(yaml);
