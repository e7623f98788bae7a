import { message } from "../../apify/message";
import { defaultBaseUrl, defaultConsoleUrl } from "../../apify/urls";
import { linksOf } from "./links";
import type { Account } from "../account";
import type { TaskRunState } from "./state";
import type { StoredState } from "./storedState";
import type { TaskRunContext } from "./taskRunContext";

/** A state that every operation can work with. Damage is reported, and stops no operation. */
export function usableState(
  context: TaskRunContext,
  { state, problems }: StoredState,
): TaskRunState {
  const { run } = state;
  if (problems.length > 0) {
    context.report.line(
      message`The stored state of run ${run.id} is damaged: ${problems.join(", ")}. To repair it, run \`pulumi refresh\`, which reads the run again, and then \`pulumi up\`, which stores the rest again.`,
    );
  }
  return { ...state, links: linksOf(run, addressesOf(context, state.account)) };
}

/** The addresses of the resource's account; the default ones if that account is no longer configured. */
function addressesOf(
  context: TaskRunContext,
  account: string | undefined,
): Pick<Account, "baseUrl" | "consoleUrl"> {
  try {
    return context.account(account);
  } catch {
    return { baseUrl: defaultBaseUrl, consoleUrl: defaultConsoleUrl };
  }
}
