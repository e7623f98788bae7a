import { lines, message } from "../../apify/message";
import { describeRun } from "../../run/describeRun";
import { readUsedUpLimit } from "../../run/usedUpLimit";
import type { Message } from "../../apify/message";
import type { Account } from "../account";
import type { TaskRunState } from "./state";

/** Said after a failure that leaves the stack's outputs as they are, although Pulumi's display suggests the contrary. */
export const outputsAreKept = message`Pulumi marks the stack's outputs with "-", but they are not deleted: run \`pulumi stack output\` to see them.`;

/** Number of lines of the run's log that the message shows. */
const shownLogLines = 10;

/** Tells the user how a run failed, why as far as that is known, and what to do next. */
export async function failedRunMessage(account: Account, state: TaskRunState): Promise<Message> {
  const { run, links } = state;
  return lines(
    message`Run ${run.id} ended with status ${describeRun(run)}`,
    ...(await limitLines(account, state)),
    message`See ${links.console}`,
    ...(await lastLogLines(account, run.id)),
    ...whatFollows(state),
  );
}

/** The lines about a limit of the user's that the run had used up, if any. */
async function limitLines(
  { client }: Account,
  { run, acceptStatuses }: TaskRunState,
): Promise<readonly Message[]> {
  const limit = await readUsedUpLimit(client, run);
  if (limit === undefined) return [];
  // With an exit code the Actor may have failed for another reason.
  if (run.exitCode)
    return [message`In addition, ${limit.words}, and Apify stops a run at that limit.`];
  const accepted = [...(acceptStatuses ?? ["SUCCEEDED"]), run.status];
  return [
    message`The Actor ${limit.certainty === "certain" ? "has not" : "may not have"} failed: ${limit.words}, and Apify stops a run at that limit. Raise the limit, or accept the status: \`acceptStatuses: ${JSON.stringify(accepted).replaceAll(",", ", ")}\`.`,
  ];
}

function whatFollows({ adoptRunId, onFailure }: TaskRunState): readonly Message[] {
  const next =
    adoptRunId === undefined ? "The next `pulumi up`" : "Once `adoptRunId` is removed, `pulumi up`";
  if (onFailure === "continue") {
    return [
      message`The failed run is recorded (\`onFailure: "continue"\`). ${next} runs the task again.`,
    ];
  }
  const isKept = message`The last good run, if there is one, is kept.`;
  return [
    adoptRunId === undefined
      ? message`${isKept} Correct the cause before the next \`pulumi up\`, which runs the task again.`
      : message`${isKept} Remove \`adoptRunId\`: \`pulumi up\` then uses the last good run, or runs the task if there is none.`,
    outputsAreKept,
  ];
}

async function lastLogLines(account: Account, runId: string): Promise<readonly Message[]> {
  try {
    const tail = await account.client.getRunLogTail(runId, shownLogLines);
    if (tail.length === 0) return [message`Its log is empty.`];
    return [message`The end of its log:`, ...tail.map((line) => message`  ${line}`)];
  } catch {
    return [message`Its log could not be read.`];
  }
}
