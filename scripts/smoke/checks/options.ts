import { inWords } from "../api";
import { at, shown, textAt } from "../json";
import { isSubset, same } from "../same";
import { taggedBuild } from "../taggedBuild";
import { must, needs } from "../verdict";
import type { Api } from "../api";
import type { Check } from "../check";
import type { Data } from "../json";

/** Webhooks in the form of the API: base64 of JSON. The event is one that the checks do not cause. */
const webhooks = Buffer.from(
  JSON.stringify([
    { eventTypes: ["ACTOR.RUN.FAILED"], requestUrl: "https://example.com/pulumi-apify-smoke" },
  ]),
).toString("base64");

/** What a run got as its input: the record INPUT of its key-value store. */
async function inputOf(api: Api, run: Data): Promise<unknown> {
  const store = textAt(run, "defaultKeyValueStoreId");
  const reply = await api.call(`GET /v2/key-value-stores/${store}/records/INPUT`);
  must(reply.status === 200, `the record INPUT: ${inWords(reply)}`);
  return reply.json;
}

/** Checks of the options and the input of a start. */
export const optionChecks: readonly Check[] = [
  {
    id: "options-of-start",
    assumption: "O1",
    title: "build, timeout and memory override the task's, and run.options has them",
    run: async ({ start, actorReply, readBack }) => {
      const tagged = taggedBuild((await actorReply()).data, "latest");
      const build = tagged === "" ? textAt((await readBack()).value, "buildNumber") : tagged;
      const query = { build, timeout: 90, memory: 512 };
      const reply = await start({ query });
      must(reply.status === 201, inWords(reply));
      const wanted = { build, timeoutSecs: 90, memoryMbytes: 512 };
      const { options, buildNumber } = reply.data;
      must(isSubset(wanted, options), `options: ${shown(options)}; sent: ${shown(query)}`);
      must(
        buildNumber === build,
        `build ${build} was asked for, and the run has ${shown(buildNumber)}`,
      );
      return shown(options);
    },
  },
  {
    id: "charge-limits",
    assumption: "O2",
    title: "maxItems and maxTotalChargeUsd are accepted for any Actor, and run.options has them",
    run: async ({ start }) => {
      const reply = await start({ query: { maxItems: 10, maxTotalChargeUsd: 1 } });
      must(reply.status === 201, inWords(reply));
      const { options } = reply.data;
      must(isSubset({ maxItems: 10, maxTotalChargeUsd: 1 }, options), `options: ${shown(options)}`);
      return shown(options);
    },
  },
  {
    id: "restart-on-error",
    assumption: "O8",
    title: "A start takes restartOnError, and run.options has it",
    run: async ({ start }) => {
      const reply = await start({ query: { restartOnError: true } });
      must(reply.status === 201, inWords(reply));
      const { options } = reply.data;
      must(at(options, "restartOnError") === true, `options: ${shown(options)}`);
      return shown(options);
    },
  },
  {
    id: "options-of-task",
    assumption: "O3",
    title: "An option that a start does not mention comes from the task",
    run: async ({ readBack, saved }) => {
      const { options } = (await readBack()).value;
      must(isSubset(saved.options, options), `options: ${shown(options)}`);
      return shown(options);
    },
  },
  {
    id: "webhooks",
    assumption: "O4",
    title: "A start takes webhooks as base64 of a JSON array",
    run: async ({ start }) => {
      const reply = await start({ query: { webhooks } });
      must(reply.status === 201, inWords(reply));
      return "accepted";
    },
  },
  {
    id: "input-of-task",
    assumption: "O5",
    title: "An empty body overrides nothing, and the record INPUT has the task's input",
    run: async ({ api, readBack, saved }) => {
      const input = await inputOf(api, (await readBack()).value);
      must(
        isSubset(saved.input, input),
        `INPUT is ${shown(input)}, the task has ${shown(saved.input)}`,
      );
      return shown(input);
    },
  },
  {
    id: "input-merge",
    assumption: "O6",
    title: "Each top-level property of a start's input replaces the task's",
    run: async ({ api, start, saved }) => {
      const reply = await start({ input: { nested: { b: 2 } } });
      needs(reply.status === 201, `the start was refused: ${inWords(reply)}; try another --actor`);
      const input = await inputOf(api, reply.data);
      must(same(at(input, "nested"), { b: 2 }), `nested is ${shown(at(input, "nested"))}`);
      must(at(input, "message") === saved.input.message, `INPUT is ${shown(input)}`);
      return shown(input);
    },
  },
];
