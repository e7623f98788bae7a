import { inWords, secs } from "../api";
import { at, listAt, shown, textAt } from "../json";
import { lagSecs } from "../scene";
import { isEnded, isLive } from "../statuses";
import { must, needs } from "../verdict";
import type { Check } from "../check";

/** The origins of which the provider believes that no run of its own has them. */
const originsOfOthers: readonly unknown[] = [
  "DEVELOPMENT",
  "WEB",
  "SCHEDULER",
  "TEST",
  "WEBHOOK",
  "CLI",
  "STANDBY",
];

/** A start that Apify answers later than this waits for the run. */
const longestStartMillis = 20_000;

/** Checks of the start of a run, and of when others see the run. */
export const startChecks: readonly Check[] = [
  {
    id: "start-answer",
    assumption: "S1",
    title: "A start answers 201 without waiting, with the run in { data }",
    run: async ({ started, task }) => {
      const { status, errorType, data, millis } = await started();
      must(status === 201, inWords({ status, errorType }));
      must(/^[A-Za-z0-9]{1,200}$/.test(textAt(data, "id")), `its id is ${shown(data.id)}`);
      must(isLive(data) || isEnded(data), `its status is ${shown(data.status)}`);
      must(data.actorTaskId === (await task()).id, `actorTaskId is ${shown(data.actorTaskId)}`);
      must(millis < longestStartMillis, `it took ${secs(millis)}`);
      return `after ${secs(millis)}, with status ${String(data.status)}`;
    },
  },
  {
    id: "start-location",
    assumption: "S2",
    title: "The header Location of a start ends in /runs/ and the run's id",
    run: async ({ started }) => {
      const { status, errorType, headers, data } = await started();
      needs(status === 201, `the start was refused: ${inWords({ status, errorType })}`);
      const { location = "" } = headers;
      must(
        location.endsWith(`/runs/${textAt(data, "id")}`),
        `Location is ${shown(headers.location)}`,
      );
      return location;
    },
  },
  {
    id: "read-lag",
    assumption: "S3",
    title: `A new run can be read by its id within ${lagSecs} s`,
    run: async ({ started, api, within }) => {
      const { data } = await started();
      needs(textAt(data, "id") !== "", "the start was refused");
      const path = `GET /v2/actor-runs/${textAt(data, "id")}`;
      const found = await within(lagSecs, async () =>
        (await api.call(path)).status === 200 ? true : undefined,
      );
      must(found !== undefined, `it is answered with 404 for more than ${lagSecs} s`);
      return `after ${secs(found.secs * 1000)}`;
    },
  },
  {
    id: "list-lag",
    assumption: "S4",
    title: `The list of the task's runs shows a new run within ${lagSecs} s`,
    run: async ({ secondRun, api, within }) => {
      const { id, actorTaskId } = await secondRun();
      const path = `GET /v2/actor-tasks/${String(actorTaskId)}/runs`;
      const found = await within(lagSecs, async () => {
        const { data } = await api.call(path, { query: { desc: 1, limit: 100 } });
        return listAt(data, "items").find((run) => run.id === id);
      });
      must(found !== undefined, `it does not show run ${String(id)} for more than ${lagSecs} s`);
      return `after ${secs(found.secs * 1000)}`;
    },
  },
  {
    id: "user-agent-stored",
    assumption: "S5",
    title: "Apify stores the User-Agent of a start whole, in meta.userAgent of the run",
    run: async ({ readBack, userAgent }) => {
      const stored = at((await readBack()).value, "meta", "userAgent");
      must(stored === userAgent, `"${userAgent}" was sent, and meta.userAgent is ${shown(stored)}`);
      return shown(stored);
    },
  },
  {
    id: "user-agent-listed",
    assumption: "S6",
    title: "A list shows the same meta.userAgent as the run itself, or none",
    run: async ({ listed, userAgent }) => {
      const { meta } = (await listed()).value;
      const shownAgent = at(meta, "userAgent") ?? null;
      must([null, userAgent].includes(shownAgent as string | null), `the list has ${shown(meta)}`);
      return `the list has ${shown(meta)}`;
    },
  },
  {
    id: "start-origin",
    assumption: "S7",
    title:
      "A run that is started with a token has none of the origins of the Console, schedules and so on, in lists too",
    run: async ({ readBack, listed }) => {
      const origins = [
        at((await readBack()).value, "meta", "origin"),
        at((await listed()).value, "meta", "origin"),
      ];
      must(!origins.some((origin) => originsOfOthers.includes(origin)), shown(origins));
      return shown(origins);
    },
  },
  {
    id: "two-starts",
    assumption: "S8",
    title: "Two equal starts start two runs",
    run: async ({ started, secondRun }) => {
      const first = (await started()).data;
      const second = await secondRun();
      must(first.id !== second.id, `both are answered with run ${shown(first.id)}`);
      return "two runs";
    },
  },
];
