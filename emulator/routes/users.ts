import { ok } from "../http/answer";
import type { Caller } from "../http/request";
import { route, type Route } from "../http/router";
import type { Platform } from "../platform";
import { accountUse } from "../runs/limits";
import type { User } from "../state/entities";

const mbytesPerGbyte = 1024;
const dataRetentionDays = 7;
const millisPerDay = 86_400_000;

/** /v2/users/me */
export function userRoutes(platform: Platform): Route[] {
  return [
    route("GET /v2/users/me", ({ caller }) => ok(userView(caller))),
    route("GET /v2/users/me/limits", ({ caller }) => ok(limitsView(platform, caller.user))),
  ];
}

/** An Actor does not learn more of its user than the name. */
function userView({ user, run }: Caller): unknown {
  const known = { id: user.id, username: user.username };
  if (run !== undefined) return known;
  return {
    ...known,
    email: `${user.username}@example.com`,
    profile: { name: user.username },
    plan: {
      id: "EMULATOR",
      description: "Local emulator",
      isEnabled: true,
      maxActorMemoryGbytes: user.limits.maxMemoryMbytes / mbytesPerGbyte,
      maxConcurrentActorRuns: user.limits.maxConcurrentRuns,
      dataRetentionDays,
    },
  };
}

function limitsView(platform: Platform, user: User): unknown {
  const now = platform.clock.now();
  const use = accountUse(platform, user);
  return {
    monthlyUsageCycle: {
      startAt: new Date(now - 15 * millisPerDay).toISOString(),
      endAt: new Date(now + 15 * millisPerDay).toISOString(),
    },
    limits: {
      maxMonthlyUsageUsd: 300,
      maxActorMemoryGbytes: user.limits.maxMemoryMbytes / mbytesPerGbyte,
      maxConcurrentActorJobs: user.limits.maxConcurrentRuns,
      dataRetentionDays,
    },
    current: {
      monthlyUsageUsd: 0,
      actorMemoryGbytes: use.memoryMbytes / mbytesPerGbyte,
      activeActorJobCount: use.runs,
    },
  };
}
