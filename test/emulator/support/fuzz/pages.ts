import { hostileText } from "./values";
import type { Choices } from "./choices";
import type { FuzzRequest, Known } from "./requests";

/** The paths of the pages, and of what their forms are sent to. */
const paths = [
  "GET /",
  "GET /tasks",
  "GET /faults",
  "GET /sign-in",
  "GET /assets/style.css",
  "GET /actors/:actors",
  "GET /actors/runs/:runs",
  "GET /actors/runs/:runs/log",
  "GET /actors/tasks/:actor-tasks",
  "GET /actors/tasks/:actor-tasks/runs/:runs",
  "GET /actors/:actors/runs/:runs",
  "GET /view/runs/:runs",
  "GET /storage/datasets/:datasets",
  "GET /storage/key-value-stores/:key-value-stores",
  "GET /storage/request-queues/:request-queues",
  "GET /organization/:users/actors/runs/:runs",
  "POST /actors/:actors/builds",
  "POST /actors/:actors/tags",
  "POST /actors/runs/:runs/abort",
  "POST /actors/runs/:runs/resurrect",
  "POST /actors/runs/:runs/expire",
  "POST /actors/tasks/:actor-tasks/runs",
  "POST /faults/:runs/remove",
  "POST /sign-in",
  "POST /sign-out",
] as const;

const fields = [
  "next",
  "token",
  "tags",
  "tag",
  "build",
  "number",
  "back",
  "times",
  "task",
  "timeout",
  "memory",
  "input",
  "manner",
  "limit",
  "offset",
  "version",
  "record",
] as const;

/** A random request of a browser that has signed in. */
export function fuzzPageRequest(
  choices: Choices,
  { ids }: Known,
  { cookie, origin }: { cookie: string; origin: string },
): FuzzRequest {
  const { oneIn, among, list } = choices;
  const [method = "", pattern = ""] = among(paths).split(" ");
  const segments = pattern.split("/").map((segment) => {
    if (oneIn(segment.startsWith(":") ? 8 : 100)) return encodeURIComponent(hostileText(choices));
    return segment.startsWith(":") ? among(ids[segment.slice(1)] ?? ["none"]) : segment;
  });
  const value = (): string =>
    oneIn(2) ? hostileText(choices) : among(["0", "1", "256", "latest", "0.1.2", "{}", "/tasks"]);
  const form = list(5, () => `${among(fields)}=${encodeURIComponent(value())}`).join("&");
  const isForm = method === "POST";
  return {
    method: oneIn(20) ? among(["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"]) : method,
    path: segments.join("/") + (isForm ? "" : `?${form}`.slice(0, 9_000)),
    headers: {
      Accept: oneIn(10) ? among(["*/*", "application/json", ""]) : "text/html",
      ...(oneIn(10) ? {} : { Cookie: oneIn(10) ? among(["=", "a", `${cookie}x`]) : cookie }),
      ...(isForm && !oneIn(10) ? { Origin: origin } : {}),
      ...(isForm ? { "Content-Type": "application/x-www-form-urlencoded" } : {}),
    },
    body: Buffer.from(isForm ? form : ""),
  };
}
