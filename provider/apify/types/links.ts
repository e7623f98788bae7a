/** Addresses that belong to a run. None holds a token. */
export interface Links {
  /** The run in Apify Console. */
  readonly console: string;
  /** Its default dataset in Apify Console; absent while no dataset is known. */
  readonly datasetConsole?: string;
  /** The items of its default dataset in the API; absent while no dataset is known. */
  readonly datasetItems?: string;
}
