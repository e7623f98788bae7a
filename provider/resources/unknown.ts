/** Whether a value is not known yet, as happens in a preview. */
export type IsUnknown = (value: unknown) => boolean;

/** Whether a value, or anything inside it, is not known yet. */
export function containsUnknown(value: unknown, isUnknown: IsUnknown): boolean {
  if (isUnknown(value)) return true;
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some((inner) => containsUnknown(inner, isUnknown));
}
