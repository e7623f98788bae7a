import assert from "node:assert/strict";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import type { Metadata, ServiceError } from "@grpc/grpc-js";
import type { Struct } from "./protobuf";

/** What the engine knows of a resource. */
export type Properties = Record<string, unknown>;

/** A failed call to a provider, as the engine learns it. */
export class CallFailure extends Error {
  /** The resource that exists although the operation failed, if there is one. */
  readonly recorded: { id: string; properties: Properties; reasons: readonly string[] } | undefined;

  constructor(error: ServiceError) {
    super(error.details);
    this.recorded = recordedIn(error.metadata);
  }
}

/** The answer to a call. Rejects with a `CallFailure`. */
export function answered<Answer>(
  send: (done: (error: ServiceError | null, answer: Answer) => void) => unknown,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    send((error, answer) => {
      if (error === null) resolve(answer);
      else reject(new CallFailure(error));
    });
  });
}

/** How an operation failed; one that succeeds fails the test. */
export async function failureOf(failing: Promise<unknown>): Promise<CallFailure> {
  const error = await failing.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof CallFailure, String(error));
  return error;
}

/** The properties in an answer. */
export function propertiesOf(struct: Struct | undefined): Properties {
  return struct?.toJavaScript() ?? {};
}

function recordedIn(metadata: Metadata): CallFailure["recorded"] {
  const [packed] = metadata.get("grpc-status-details-bin");
  if (!(packed instanceof Buffer)) return undefined;
  const [details] = Status.deserializeBinary(packed).getDetailsList();
  if (details === undefined) return undefined;
  const failed = messages.ErrorResourceInitFailed.deserializeBinary(details.getValue_asU8());
  return {
    id: failed.getId(),
    properties: propertiesOf(failed.getProperties()),
    reasons: failed.getReasonsList(),
  };
}
