import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { severalLines } from "../apify/message";
import { pulumiLibraries } from "../engine/pulumiLibraries";
import { outputsTo } from "./wire";
import type { sendUnaryData, ServerUnaryCall, ServiceError } from "@grpc/grpc-js";
import type { RecordedResource } from "../engine/hostErrors";

/** A handler of one of the engine's calls. */
export type Handler<Request> = (
  call: ServerUnaryCall<Request, never>,
  callback: sendUnaryData<never>,
) => void;

/** Answers a call with what a function returns, or with its error. */
export function answering<Request, Answer extends object>(
  answer: (request: Request) => Answer | Promise<Answer>,
): Handler<Request> {
  return ({ request }, callback) => {
    void (async () => answer(request))().then(
      (result) => {
        callback(null, result as never);
      },
      (error: unknown) => {
        callback(callError(error));
      },
    );
  };
}

/** The answer that says nothing. */
export function empty(): object {
  return new (pulumiLibraries().Empty)();
}

/** An error of an operation as a call answers it: with the resource, if one is to be recorded. */
function callError(error: unknown): Partial<ServiceError> {
  const { grpc, Any } = pulumiLibraries();
  const text = severalLines(error instanceof Error ? error.message : String(error));
  const answer = { code: grpc.status.UNKNOWN, details: text };
  const recorded = recordedIn(error);
  if (recorded === undefined) return answer;
  const failed = new ErrorResourceInitFailed();
  failed.setId(recorded.id);
  failed.setProperties(outputsTo(recorded.properties));
  failed.setReasonsList([text]);
  const packed = new Any();
  packed.pack(failed.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new Status();
  status.setCode(answer.code);
  status.setMessage(text);
  status.addDetails(packed as Parameters<Status["addDetails"]>[0]);
  const metadata = new grpc.Metadata();
  metadata.set("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  return { ...answer, metadata };
}

/** The resource that exists although the operation failed: see `hostError`. */
function recordedIn(error: unknown): RecordedResource | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  const { id, properties } = error as Partial<RecordedResource>;
  return id === undefined || properties === undefined ? undefined : { id, properties };
}
