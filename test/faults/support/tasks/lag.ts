import { faultAnswers } from "../../../../emulator";
import { isOfProvider } from "./console";
import type { World } from "../world";

/** Lets so many reads of tasks that are created from now on be answered with a 404, by id and by name. */
export function lagOfNewTasks({ emulator }: World, reads: number): void {
  const known = new Set<string>();
  let created = false;
  emulator.faults.inject({
    endpoint: "any",
    fault: faultAnswers.refusal("record-not-found"),
    times: reads,
    when: (request) => {
      const { method, pathname } = request;
      if (!isOfProvider(request)) return false;
      if (method === "POST" && pathname === "/v2/actor-tasks") created = true;
      const [, taskId] = /^\/v2\/actor-tasks\/([^/]+)$/.exec(pathname) ?? [];
      if (method !== "GET" || taskId === undefined) return false;
      if (!created) known.add(taskId);
      // Whatever was read before is no new task, but its name may become that of one.
      return created && (taskId.startsWith("~") || !known.has(taskId));
    },
  });
}
