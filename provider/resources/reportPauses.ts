import { message } from "../apify/message";
import type { RetryOptions } from "../apify/apiRequest";
import type { ResourceContext } from "./resourceContext";

/** Request options that show each pause before a retry in the resource's row: the reason, and how long retries will continue. */
export function reportPauses({
  report,
}: Pick<ResourceContext, "report">): Required<Pick<RetryOptions, "onPause">> {
  return {
    onPause: (reason) => {
      report.status(message`waiting for Apify: ${reason}`);
    },
  };
}
