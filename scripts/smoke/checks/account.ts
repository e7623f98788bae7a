import { createApi, inWords } from "../api";
import { at, shown, textAt } from "../json";
import { must, needs } from "../verdict";
import type { Reply } from "../api";
import type { Check } from "../check";
import type { Scene } from "../scene";

/** In the form of Apify's ids, but of nothing. */
const noId = "NoSuchThing000000";

/** Requests for things that do not exist. */
function requestsForNothing({ actor }: Scene): readonly string[] {
  return [
    `GET /v2/actor-runs/${noId}`,
    `POST /v2/actor-runs/${noId}/abort`,
    `DELETE /v2/actor-runs/${noId}`,
    `GET /v2/actor-tasks/${noId}`,
    `GET /v2/actor-tasks/~no-such-task-of-pulumi-apify`,
    `GET /v2/actor-tasks/${noId}/runs`,
    `POST /v2/actor-tasks/${noId}/runs`,
    `DELETE /v2/actor-tasks/${noId}`,
    `GET /v2/actors/${actor}-${noId}`,
    `GET /v2/datasets/${noId}/items`,
    `GET /v2/key-value-stores/${noId}/records/INPUT`,
    `GET /v2/key-value-stores/${noId}`,
  ];
}

async function errorReplies(scene: Scene): Promise<readonly (readonly [string, Reply])[]> {
  const replies: (readonly [string, Reply])[] = [];
  for (const request of requestsForNothing(scene)) {
    const json = request.startsWith("POST") ? { json: {} } : {};
    replies.push([request, await scene.api.call(request, json)]);
  }
  return replies;
}

/** Checks of accounts, and of errors in general. */
export const accountChecks: readonly Check[] = [
  {
    id: "account-id",
    assumption: "A1",
    title: "/v2/users/me has the id of the account, which its tasks and runs carry",
    run: async ({ api, task, readBack }) => {
      const id = textAt((await api.call("GET /v2/users/me")).data, "id");
      const owners = [(await task()).userId, (await readBack()).value.userId];
      must(id !== "", "it has no id");
      must(
        owners.every((owner) => owner === id),
        `the account is ${id}, its task and run carry ${shown(owners)}`,
      );
      return `the account's id is ${id}`;
    },
  },
  {
    id: "wrong-token",
    assumption: "A2",
    title: "A token that is not valid is answered with 401",
    run: async ({ baseUrl, clock, signal }) => {
      const token = `apify_api_${noId}`;
      const reply = await createApi({ baseUrl, token, clock, signal }).call("GET /v2/users/me");
      must(reply.status === 401, inWords(reply));
      return inWords(reply);
    },
  },
  {
    id: "missing-things",
    assumption: "A3",
    title: "Whatever does not exist is answered with 404",
    run: async (scene) => {
      const replies = await errorReplies(scene);
      const others = replies.filter(([, { status }]) => status !== 404);
      const seen = others.map(([request, reply]) => `${request}: ${inWords(reply)}`);
      must(others.length === 0, seen.join("; "));
      return `${replies.length} requests, ${[...new Set(replies.map(([, reply]) => inWords(reply)))].join(", ")}`;
    },
  },
  {
    id: "error-form",
    assumption: "A4",
    title: "An error is JSON: { error: { type, message } }",
    run: async (scene) => {
      const replies = await errorReplies(scene);
      const others = replies.filter(
        ([, { json }]) =>
          textAt(json, "error", "type") === "" || textAt(json, "error", "message") === "",
      );
      must(
        others.length === 0,
        others.map(([request, { text }]) => `${request}: ${shown(text)}`).join("; "),
      );
      return shown(at(replies[0]?.[1].json, "error"));
    },
  },
  {
    id: "other-account",
    assumption: "A5",
    title: "A task or run of another account is answered with 404",
    run: async ({ otherApi, task, endedRun }) => {
      needs(otherApi !== undefined, "it takes the token of a second account: --other-token");
      const taskPath = `/v2/actor-tasks/${textAt(await task(), "id")}`;
      const runPath = `/v2/actor-runs/${textAt(await endedRun(), "id")}`;
      const seen: string[] = [];
      for (const request of [`GET ${taskPath}`, `GET ${taskPath}/runs`, `POST ${runPath}/abort`]) {
        const reply = await otherApi.call(request);
        must(reply.status === 404, `${request}: ${inWords(reply)}`);
        seen.push(inWords(reply));
      }
      // The account's settings may let everybody read a run whose id they know.
      const read = await otherApi.call(`GET ${runPath}`);
      must([200, 404].includes(read.status), `GET ${runPath}: ${inWords(read)}`);
      return `${seen.join(", ")}; to read the run: ${inWords(read)}`;
    },
  },
];
