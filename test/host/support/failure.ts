import assert from "node:assert/strict";
import { HostFailure } from "../../support/host";

/** How an operation failed; one that succeeds fails the test. */
export async function failureOf(failing: Promise<unknown>): Promise<HostFailure> {
  const error = await failing.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof HostFailure, String(error));
  return error;
}
