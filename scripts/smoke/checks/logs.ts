import { inWords } from "../api";
import { shown, textAt } from "../json";
import { isEnded } from "../statuses";
import { must, needs } from "../verdict";
import type { Check } from "../check";

const beginsWithTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z /;

/** The end of the log may be known before the end of the run is. */
const graceSecs = 3;

const linesOf = (text: string): readonly string[] =>
  text.split("\n").filter((line) => line.trim() !== "");

/** Checks of logs. */
export const logChecks: readonly Check[] = [
  {
    id: "log-lines",
    assumption: "G1",
    title: "The log of a run is plain text, and each line begins with its time",
    run: async ({ api, endedRun }) => {
      const reply = await api.call(`GET /v2/actor-runs/${textAt(await endedRun(), "id")}/log`);
      must(reply.status === 200, inWords(reply));
      const lines = linesOf(reply.text);
      must(lines.length > 0, "it is empty");
      const odd = lines.find((line) => !beginsWithTime.test(line));
      must(odd === undefined, `one line is ${shown(odd)}`);
      return `${lines.length} lines`;
    },
  },
  {
    id: "log-stream",
    assumption: "G2",
    title: "stream=true sends the log from its first line on, and ends when the run has ended",
    run: async ({ api, startedRun, within }) => {
      const path = `GET /v2/actor-runs/${textAt(await startedRun(), "id")}`;
      const found = await within(60, async () => {
        const { status, data } = await api.call(path);
        return status === 200 ? data : undefined;
      });
      needs(found !== undefined && !isEnded(found.value), "the run ended at once");
      const streamed = await api.call(`${path}/log`, { query: { stream: true } });
      must(streamed.status === 200, inWords(streamed));
      const ended = await within(graceSecs, async () => {
        const { data } = await api.call(path);
        return isEnded(data) ? data : undefined;
      });
      must(ended !== undefined, `it ended ${graceSecs} s or more before the run`);
      const whole = linesOf((await api.call(`${path}/log`)).text);
      const lines = linesOf(streamed.text);
      must(lines.length > 0 && lines[0] === whole[0], `it begins with ${shown(lines[0])}`);
      return `${lines.length} of ${whole.length} lines`;
    },
  },
];
