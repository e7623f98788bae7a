/** The addresses of a run and its data, which this package makes; the API has no such type. They contain no token. */
export interface Links {
  /** The run in Apify Console. */
  readonly console: string;
  /** Its default dataset in Apify Console; absent while the dataset is not known. */
  readonly datasetConsole?: string;
  /** The items of its default dataset in the API; absent while the dataset is not known. */
  readonly datasetItems?: string;
}
