import { message } from "../apify/message";
import type { RetryOptions } from "../apify/apiRequest";
import type { ResourceContext } from "./resourceContext";

/** Request options that show in the resource's row why Apify has not answered yet, and how long it is tried. */
export function reportPauses({
  report,
}: Pick<ResourceContext, "report">): Required<Pick<RetryOptions, "onPause">> {
  return {
    onPause: (reason) => {
      report.status(message`waiting for Apify: ${reason}`);
    },
  };
}
