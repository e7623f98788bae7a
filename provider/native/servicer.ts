import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { pulumiLibraries } from "../engine/pulumiLibraries";
import { version } from "../resources/userAgent";
import { message } from "../apify/message";
import { ProviderError } from "../resources/errors";
import { detailedDiff, topOf } from "./detailedDiff";
import { callError } from "./errors";
import { openSession } from "./session";
import { inputsTo, outputsTo, propertiesFrom, secret, structOf, withFacts } from "./wire";
import type { IResourceProviderServer } from "@pulumi/pulumi/proto/provider_grpc_pb";
import type { PluginAttach } from "@pulumi/pulumi/proto/plugin_pb";
import type { sendUnaryData, ServerUnaryCall, UntypedHandleCall } from "@grpc/grpc-js";
import type { CheckFailure } from "../engine/hostErrors";
import type { HiddenInputs } from "../engine/hiddenInputs";
import type { Operations, Properties } from "../engine/operations";
import type { DetailedDiff } from "./detailedDiff";
import type { Session, SessionOptions } from "./session";

/** What a request about a resource tells. */
interface ResourceRequest {
  getUrn(): string;
  getType(): string;
}

/** The calls of Pulumi's engine that the plugin answers. */
export type Servicer = Pick<
  IResourceProviderServer,
  | "handshake"
  | "attach"
  | "getSchema"
  | "checkConfig"
  | "diffConfig"
  | "configure"
  | "invoke"
  | "check"
  | "diff"
  | "create"
  | "read"
  | "update"
  | "delete"
  | "cancel"
  | "getPluginInfo"
>;

/** Creates the servicer of this process. */
export function createServicer(
  schema: object,
  options: SessionOptions,
): Record<keyof Servicer, UntypedHandleCall> {
  let session: Session | undefined;
  let { address } = options;
  const configured = (): Session => {
    if (session !== undefined) return session;
    throw new ProviderError(message`The plugin of pulumi-apify was not configured.`);
  };
  const operationsOn = (request: ResourceRequest): Operations =>
    configured().operations(typeOf(request));
  /** The properties with what the plugin is told otherwise. */
  const told = (request: ResourceRequest, properties: Properties, facts: HiddenInputs = {}) => {
    const { organization } = configured();
    return withFacts(properties, {
      ...facts,
      __urn: request.getUrn(),
      ...(organization === undefined ? {} : { __organization: organization }),
    });
  };

  const calls: Servicer = {
    handshake: answering((request: messages.ProviderHandshakeRequest) => {
      address = request.getEngineAddress() || address;
      const answer = new messages.ProviderHandshakeResponse();
      answer.setAcceptSecrets(false);
      answer.setAcceptResources(false);
      answer.setAcceptOutputs(false);
      return answer;
    }),
    attach: answering((request: PluginAttach) => {
      address = request.getAddress();
      return empty();
    }),
    getPluginInfo: answering(() => {
      const answer = new PluginInfo();
      answer.setVersion(version);
      return answer;
    }),
    getSchema: answering(() => {
      const answer = new messages.GetSchemaResponse();
      answer.setSchema(JSON.stringify(schema));
      return answer;
    }),
    checkConfig: answering((request: messages.CheckRequest) => {
      const answer = new messages.CheckResponse();
      answer.setInputs(request.getNews());
      return answer;
    }),
    diffConfig: answering((request: messages.DiffRequest) => {
      // Another token may belong to the same account, so no resource is replaced.
      const news = propertiesFrom(request.getNews());
      const olds = propertiesFrom(request.getOldInputs() ?? request.getOlds());
      const detailed = detailedDiff(olds, {}, news, []);
      return detailed.size === 0 ? unchanged() : diffAnswer(detailed, [], []);
    }),
    configure: answering((request: messages.ConfigureRequest) => {
      session = openSession(propertiesFrom(request.getArgs()), { ...options, address });
      const answer = new messages.ConfigureResponse();
      answer.setSupportspreview(true);
      answer.setAcceptsecrets(false);
      answer.setAcceptresources(false);
      return answer;
    }),
    cancel: answering(() => {
      session?.cancel();
      return empty();
    }),

    invoke: answering(async (request: messages.InvokeRequest) => {
      const args = propertiesFrom(request.getArgs());
      const answer = new messages.InvokeResponse();
      answer.setReturn(structOf(await configured().invoke(request.getTok(), args)));
      return answer;
    }),

    check: answering(async (request: messages.CheckRequest) => {
      const olds = propertiesFrom(request.getOlds());
      const news = told(request, propertiesFrom(request.getNews()));
      const { inputs, failures } = await operationsOn(request).check(olds, news);
      const answer = new messages.CheckResponse();
      answer.setInputs(inputsTo(inputs));
      answer.setFailuresList(failures.map(failureOf));
      return answer;
    }),

    diff: answering(async (request: messages.DiffRequest) => {
      const olds = propertiesFrom(request.getOlds());
      const news = told(request, propertiesFrom(request.getNews()));
      const struct = request.getOldInputs();
      const oldInputs = struct === undefined ? undefined : propertiesFrom(struct);
      const id = request.getId();
      const operations = operationsOn(request);
      const difference = await operations.diff(id, olds, news, oldInputs);
      if (difference.action === "nothing") return unchanged();
      const [replaced, changed] =
        difference.action === "replace"
          ? [difference.reasons, difference.reasons]
          : [[], difference.changed];
      const detailed = detailedDiff(oldInputs ?? olds, olds, news, changed);
      return diffAnswer(detailed, replaced, replaced.length === 0 ? operations.stable : []);
    }),

    create: answering(async (request: messages.CreateRequest) => {
      const news = told(request, propertiesFrom(request.getProperties()), {
        __timeLimitSecs: limitOf("create", request.getTimeout()),
      });
      const operations = operationsOn(request);
      const { id, outs } = request.getPreview()
        ? { id: "", outs: operations.previewCreate(news) }
        : await operations.create(news);
      const answer = new messages.CreateResponse();
      answer.setId(id);
      answer.setProperties(outputsTo(outs));
      return answer;
    }),

    read: answering(async (request: messages.ReadRequest) => {
      const stored = told(request, propertiesFrom(request.getProperties()));
      const { id, props, inputs } = await operationsOn(request).read(request.getId(), stored);
      const answer = new messages.ReadResponse();
      answer.setId(id);
      if (id === "") return answer;
      answer.setProperties(outputsTo(inputs === undefined ? props : withSecretInput(props)));
      if (inputs === undefined) answer.setInputs(request.getInputs());
      else answer.setInputs(inputsTo(withSecretInput(inputs)));
      return answer;
    }),

    update: answering(async (request: messages.UpdateRequest) => {
      const olds = propertiesFrom(request.getOlds());
      const news = told(request, propertiesFrom(request.getNews()), {
        __timeLimitSecs: limitOf("update", request.getTimeout()),
      });
      const operations = operationsOn(request);
      const id = request.getId();
      const outs = request.getPreview()
        ? operations.previewUpdate(id, olds, news)
        : (await operations.update(id, olds, news)).outs;
      const answer = new messages.UpdateResponse();
      answer.setProperties(outputsTo(outs));
      return answer;
    }),

    delete: answering(async (request: messages.DeleteRequest) => {
      const stored = told(request, propertiesFrom(request.getProperties()));
      await operationsOn(request).delete(request.getId(), stored);
      return empty();
    }),
  };
  return calls as Record<keyof Servicer, UntypedHandleCall>;
}

/** Answers a call with what a function returns, or with its error. */
function answering<Request, Answer extends object>(
  answer: (request: Request) => Answer | Promise<Answer>,
): (call: ServerUnaryCall<Request, never>, callback: sendUnaryData<never>) => void {
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

/** The time limit of an operation; 0 stands for none. */
function limitOf(
  operation: "create" | "update",
  secs: number,
): { create?: number; update?: number } {
  return secs > 0 ? { [operation]: secs } : {};
}

/** The type of a request's resource. Older engines send only its URN. */
function typeOf(request: ResourceRequest): string {
  const types = request.getUrn().split("::")[2] ?? "";
  return request.getType() || (types.split("$").at(-1) ?? "");
}

/** An imported input may contain keys, and nothing tells which of its values are secret. */
function withSecretInput(properties: Properties): Properties {
  const { input } = properties;
  return input === undefined ? properties : { ...properties, input: secret(input) };
}

function failureOf({ property, reason }: CheckFailure): messages.CheckFailure {
  const failure = new messages.CheckFailure();
  failure.setProperty(property);
  failure.setReason(reason);
  return failure;
}

function unchanged(): messages.DiffResponse {
  const answer = new messages.DiffResponse();
  answer.setChanges(messages.DiffResponse.DiffChanges.DIFF_NONE);
  return answer;
}

/** The answer for a resource that is to be updated or, for these reasons, replaced. */
function diffAnswer(
  detailed: DetailedDiff,
  reasons: readonly string[],
  stable: readonly string[],
): messages.DiffResponse {
  const { Kind } = messages.PropertyDiff;
  const kinds = {
    add: [Kind.ADD, Kind.ADD_REPLACE],
    delete: [Kind.DELETE, Kind.DELETE_REPLACE],
    update: [Kind.UPDATE, Kind.UPDATE_REPLACE],
  } as const;
  const answer = new messages.DiffResponse();
  answer.setChanges(messages.DiffResponse.DiffChanges.DIFF_SOME);
  answer.setReplacesList([...reasons]);
  answer.setStablesList([...stable]);
  answer.setDiffsList([...new Set([...detailed.keys()].map(topOf))]);
  answer.setHasdetaileddiff(true);
  for (const [path, { kind, with: source }] of detailed) {
    const difference = new messages.PropertyDiff();
    difference.setKind(kinds[kind][reasons.includes(topOf(path)) ? 1 : 0]);
    difference.setInputdiff(source === "input");
    answer.getDetaileddiffMap().set(path, difference);
  }
  return answer;
}

function empty(): object {
  return new (pulumiLibraries().Empty)();
}
