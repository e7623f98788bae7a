/** Addresses that belong to a run. None holds a token. */
export interface Links {
  /** The run in Apify Console. */
  readonly console: string;
  /** Its default dataset in Apify Console. */
  readonly datasetConsole: string;
  /** The items of its default dataset in the API. */
  readonly datasetItems: string;
}
