import { message } from "../apify/message";
import type { RetryOptions } from "../apify/client";
import type { Context } from "./context";

/** For a request of which the resource's row shows why it has no answer yet, and for how long it is tried. */
export function showingPauses({
  report,
}: Pick<Context, "report">): Required<Pick<RetryOptions, "onPause">> {
  return {
    onPause: (reason) => {
      report.status(message`waiting for Apify: ${reason}`);
    },
  };
}
