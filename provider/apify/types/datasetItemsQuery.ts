/** Which items of a dataset to read. Source: https://docs.apify.com/api/v2/dataset-items-get */
export interface DatasetItemsQuery {
  /** Maximum number of items. Default: all. */
  readonly limit?: number;
  /** How many items to skip at the beginning. Default: 0. */
  readonly offset?: number;
  /** Only these fields of each item. Default: all. */
  readonly fields?: readonly string[];
  /** Fields to omit from each item. Default: none. */
  readonly omit?: readonly string[];
  /** Fields whose arrays or objects are unwound, in this order. Default: none. */
  readonly unwind?: readonly string[];
  /** Omits empty items and fields that start with `#`. Default: false. */
  readonly clean?: boolean;
  /** Newest first. Default: false. */
  readonly desc?: boolean;
}
