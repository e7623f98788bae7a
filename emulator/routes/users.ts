import { ok } from "../http/answer";
import { route } from "../http/router";
import { accountUse } from "../runs/limits";
import type { Caller } from "../http/request";
import type { Route } from "../http/router";
import type { EmulatorState } from "../state/emulatorState";
import type { User } from "../state/entities";

const mbytesPerGbyte = 1024;
const dataRetentionDays = 7;
const millisPerDay = 86_400_000;

/** /v2/users/me */
export function userRoutes(state: EmulatorState): Route[] {
  return [
    route("GET /v2/users/me", ({ caller }) => ok(userView(caller))),
    route("GET /v2/users/me/limits", ({ caller }) => ok(limitsView(state, caller.user))),
  ];
}

/** An Actor gets only the id and the name of its user. */
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

function limitsView(state: EmulatorState, user: User): unknown {
  const now = state.clock.now();
  const use = accountUse(state, user);
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
