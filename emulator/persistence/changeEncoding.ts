import type { Change } from "../state/change";

/** A change as JSON can hold it: bytes are encoded in base64. */
export function encodedChange(change: Change): object {
  if (change.kind !== "record") return change;
  const { record, ...rest } = change;
  return { ...rest, record: { ...record, body: record.body.toString("base64") } };
}

/** The change that was encoded. */
export function decodedChange(encoded: unknown): Change {
  const change = encoded as Change;
  if (change.kind !== "record") return change;
  const { record, ...rest } = change;
  const body = Buffer.from(record.body as unknown as string, "base64");
  return { ...rest, record: { ...record, body } };
}
