import type { RunEvent } from "../state/webhook";

/** How a run ends. */
export interface Ending {
  readonly status: string;
  readonly exitCode: number | null;
  /** @default Apify's message for this status */
  readonly statusMessage?: string | undefined;
}

/** The events of webhooks, by the status with which a run ends. */
export const endEvents: Readonly<Record<string, RunEvent>> = {
  SUCCEEDED: "ACTOR.RUN.SUCCEEDED",
  FAILED: "ACTOR.RUN.FAILED",
  ABORTED: "ACTOR.RUN.ABORTED",
  "TIMED-OUT": "ACTOR.RUN.TIMED_OUT",
};

/** What Apify says of a run that has ended. */
export function endMessage({ status, exitCode }: Ending): string {
  if (status === "FAILED") return `Actor process exited with code ${exitCode ?? "unknown"}`;
  if (status === "ABORTED") return "Actor was aborted";
  if (status !== "TIMED-OUT") return "Actor has finished";
  return "The Actor timed out. You can resurrect it with a longer timeout to continue where you left off.";
}
