import { gzipSync } from "node:zlib";
import { inWords } from "../api";
import { shown, textAt } from "../json";
import { must } from "../verdict";
import type { Reply } from "../api";
import type { Check } from "../check";
import type { Scene } from "../scene";

/** Apify's limit, after decompression. */
const largestBody = 9_437_184;

/** Puts an input into the spare task, in a compressed body of this many bytes before compression. */
async function putCompressed(
  { api, spareTask }: Scene,
  bytes: number,
): Promise<{ readonly message: string; readonly reply: Reply }> {
  const empty = JSON.stringify({ input: { message: "" } });
  const message = "x".repeat(bytes - empty.length);
  const body = gzipSync(JSON.stringify({ input: { message } }));
  const path = `PUT /v2/actor-tasks/${textAt(await spareTask(), "id")}`;
  const headers = { "Content-Type": "application/json; charset=utf-8", "Content-Encoding": "gzip" };
  return { message, reply: await api.call(path, { body, headers }) };
}

/** Checks of the bodies of requests. */
export const bodyChecks: readonly Check[] = [
  {
    id: "compressed-body",
    assumption: "A6",
    title: "A body that is compressed with gzip is read like any other",
    run: async (scene) => {
      const { message, reply } = await putCompressed(scene, 100_000);
      must(reply.status === 200, inWords(reply));
      const path = `GET /v2/actor-tasks/${textAt(await scene.spareTask(), "id")}`;
      const { data } = await scene.api.call(path);
      must(textAt(data, "input", "message") === message, `the input is ${shown(data.input)}`);
      return "an input of 100,000 bytes arrived";
    },
  },
  {
    id: "largest-body",
    assumption: "A7",
    title: "A body of more than 9,437,184 bytes before compression is refused with 413",
    run: async (scene) => {
      const { reply } = await putCompressed(scene, largestBody + 1);
      must(reply.status === 413, inWords(reply));
      return inWords(reply);
    },
  },
];
