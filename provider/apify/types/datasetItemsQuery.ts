/** Which items of a dataset to read. Source: https://docs.apify.com/api/v2/dataset-items-get */
export interface DatasetItemsQuery {
  /** How many items at the most. Default: all. */
  readonly limit?: number;
  /** How many items to skip at the beginning. Default: 0. */
  readonly offset?: number;
  /** Only these fields of each item. Default: all. */
  readonly fields?: readonly string[];
  /** All fields of each item but these. Default: none left out. */
  readonly omit?: readonly string[];
  /** Fields whose arrays or objects are to be unwound, in order. Default: none. */
  readonly unwind?: readonly string[];
  /** Leaves out empty items and fields that start with `#`. Default: false. */
  readonly clean?: boolean;
  /** Newest first. Default: false. */
  readonly desc?: boolean;
}
