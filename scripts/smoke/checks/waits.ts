import { inWords, secs } from "../api";
import { shown, textAt } from "../json";
import { isEnded, isLive } from "../statuses";
import { must, needs } from "../verdict";
import type { Check } from "../check";

/** The longest `waitForFinish` that Apify documents. */
const longestWaitSecs = 60;

/** A response that comes later after the end of the run has not come because of it. */
const promptSecs = 15;

/** Checks of waiting for a run. */
export const waitChecks: readonly Check[] = [
  {
    id: "wait-holds",
    assumption: "W1",
    title: "waitForFinish holds the response back for so many seconds, if the run does not end",
    run: async ({ api, startedRun, within }) => {
      const path = `GET /v2/actor-runs/${textAt(await startedRun(), "id")}`;
      const query = { waitForFinish: 1 };
      const found = await within(longestWaitSecs, async () => {
        const reply = await api.call(path, { query });
        return reply.status === 200 ? reply : undefined;
      });
      needs(found !== undefined, "the run could not be read");
      const { data, millis } = found.value;
      needs(!isEnded(data), "the run ended at once; try an Actor that takes longer");
      must(millis > 900, `of 1 s, it held the response back for ${secs(millis)}`);
      must(millis < promptSecs * 1000, `instead of 1 s, it took ${secs(millis)}`);
      return `of 1 s, ${secs(millis)}, with status ${String(data.status)}`;
    },
  },
  {
    id: "wait-ends-early",
    assumption: "W2",
    title: "waitForFinish answers as soon as the run has ended",
    run: async ({ api, startedRun }) => {
      const path = `GET /v2/actor-runs/${textAt(await startedRun(), "id")}`;
      const query = { waitForFinish: longestWaitSecs };
      let reply = await api.call(path, { query });
      if (!isEnded(reply.data)) reply = await api.call(path, { query });
      needs(reply.status === 200, inWords(reply));
      needs(isEnded(reply.data), "the run takes more than two minutes; try a quicker Actor");
      // Two times of Apify's, so that this machine's clock does not matter. `Date` has no milliseconds.
      const answered = Date.parse(reply.headers.date ?? "");
      const ended = Date.parse(textAt(reply.data, "finishedAt"));
      needs(!Number.isNaN(answered), "the response has no Date");
      const late = answered - ended;
      must(late < promptSecs * 1000, `${secs(late)} after the end of the run`);
      return `${secs(Math.max(0, late))} after the end of the run`;
    },
  },
  {
    id: "run-timeout",
    assumption: "W3",
    title: "A run whose timeout is over ends with the status TIMED-OUT",
    run: async ({ startedRun, untilEnded }) => {
      const run = await startedRun({ query: { timeout: 1 } });
      const { status, options } = await untilEnded(textAt(run, "id"));
      needs(
        status !== "SUCCEEDED",
        "the run ended within a second; try an Actor that takes longer",
      );
      must(status === "TIMED-OUT", `status ${shown(status)}, options ${shown(options)}`);
      return "after a timeout of 1 s";
    },
  },
  {
    id: "statuses",
    assumption: "W4",
    title: "A run has one of eight statuses, and finishedAt once it has ended, not before",
    run: async ({ api, readBack, endedRun }) => {
      await readBack();
      await endedRun();
      const runs = api.runsSeen;
      const unknown = runs.find((run) => !isLive(run) && !isEnded(run));
      must(unknown === undefined, `a run has status ${shown(unknown?.status)}`);
      const odd = runs.find((run) => isEnded(run) !== Boolean(run.finishedAt));
      must(
        odd === undefined,
        `with status ${shown(odd?.status)}, finishedAt is ${shown(odd?.finishedAt)}`,
      );
      return [...new Set(runs.map(({ status }) => String(status)))].join(", ");
    },
  },
  {
    id: "run-fields",
    assumption: "W5",
    title: "A run has the fields that become outputs, and times in ISO 8601",
    run: async ({ endedRun, actorReply }) => {
      const run = await endedRun();
      const names = [
        "userId",
        "actorTaskId",
        "buildId",
        "buildNumber",
        "statusMessage",
        "generalAccess",
      ];
      const storages = ["defaultDatasetId", "defaultKeyValueStoreId", "defaultRequestQueueId"];
      const missing = [...names, ...storages].filter((name) => textAt(run, name) === "");
      must(missing.length === 0, `it has no ${missing.join(", ")}`);
      must(run.actId === (await actorReply()).data.id, `actId is ${shown(run.actId)}`);
      must(Number.isInteger(run.exitCode), `exitCode is ${shown(run.exitCode)}`);
      const times = [textAt(run, "startedAt"), textAt(run, "finishedAt")];
      const iso = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
      must(
        times.every((time) => iso.test(time)),
        `its times are ${shown(times)}`,
      );
      must(String(times[0]) <= String(times[1]), `its times are ${shown(times)}`);
      return `it has ${Object.keys(run).length} fields`;
    },
  },
];
