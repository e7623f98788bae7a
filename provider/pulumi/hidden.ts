/**
 * Inputs that the user neither sets nor sees: Pulumi leaves names that start with two underscores
 * out of every display. They carry what a dynamic provider is not told by the engine.
 */
export interface HiddenInputs {
  /** The resource's URN: progress is shown in its row, and its run key is made from it. */
  readonly __urn?: string;
  /** The organisation that the stack belongs to, where there is one. */
  readonly __organization?: string;
  /** `customTimeouts` in seconds, which the engine does not hand to dynamic providers (pulumi/pulumi#15636). */
  readonly __timeLimitSecs?: { readonly create?: number; readonly update?: number };
}

/** Whose resource it is, as one text: two stacks of one name in two organisations are kept apart. */
export function ownerOf({ __organization = "", __urn = "" }: HiddenInputs): string {
  return `${__organization}/${__urn}`;
}

/** Splits the properties that the host hands over into the user's arguments and the hidden ones. */
export function splitHidden(properties: Record<string, unknown>): {
  visible: Record<string, unknown>;
  hidden: HiddenInputs & Record<string, unknown>;
} {
  const isHidden = ([name]: [string, unknown]): boolean => name.startsWith("__");
  const entries = Object.entries(properties);
  return {
    visible: Object.fromEntries(entries.filter((entry) => !isHidden(entry))),
    hidden: Object.fromEntries(entries.filter(isHidden)),
  };
}
