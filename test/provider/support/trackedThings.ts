import type { Actor } from "../../../provider/apify/schemas/actor";
import type { Task } from "../../../provider/apify/schemas/task";

/** An Actor with builds that tags point to, and one tag that points to none. */
export const actor: Actor = {
  id: "actor1",
  name: "scraper",
  taggedBuilds: {
    latest: { buildId: "b1", buildNumber: "0.1.1" },
    beta: { buildId: "b2", buildNumber: "0.1.2" },
    broken: null,
  },
};
/** A task of that Actor, which says no more than it has to. */
export const task: Task = { id: "task1", userId: "user1", actId: "actor1", name: "scrape" };
