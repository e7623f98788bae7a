import { datasetConsoleUrl, datasetItemsUrl, runConsoleUrl } from "../../apify/urls";
import type { Links } from "../../apify/types/links";
import type { RunRecord } from "../../run/runRecord";
import type { Account } from "../account";

/** Links to the run and its data. */
export function linksOf(
  run: RunRecord,
  { consoleUrl, baseUrl }: Pick<Account, "baseUrl" | "consoleUrl">,
): Links {
  const console = runConsoleUrl(consoleUrl, run);
  const { defaultDatasetId } = run;
  if (defaultDatasetId === undefined) return { console };
  return {
    console,
    datasetConsole: datasetConsoleUrl(consoleUrl, run, defaultDatasetId),
    datasetItems: datasetItemsUrl(baseUrl, defaultDatasetId),
  };
}
