import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { failuresOfValues, withoutNulls } from "../engine/declaredProperties";
import { isSameJson } from "../run/canonicalJson";
import { answering, empty } from "./answering";
import { detailedDiff } from "./detailedDiff";
import { diffAnswer, unchanged } from "./diffAnswer";
import { inputsTo, outputsTo, propertiesFrom, secret, withFacts } from "./wire";
import type { IResourceProviderServer } from "@pulumi/pulumi/proto/provider_grpc_pb";
import type { HiddenInputs } from "../engine/hiddenInputs";
import type { Operations, Properties } from "../engine/operations";
import type { CurrentSession } from "./currentSession";

/** What a request about a resource tells. */
interface ResourceRequest {
  getUrn(): string;
  getType(): string;
}

/** Creates the answers to the engine's calls about resources. */
export function resourceCalls(session: CurrentSession) {
  const operationsOn = (request: ResourceRequest): Operations =>
    session.get().operations(typeOf(request));
  /** The properties with what the plugin is told otherwise. */
  const told = (request: ResourceRequest, properties: Properties, facts: HiddenInputs = {}) => {
    const { organization } = session.get();
    return withFacts(properties, {
      ...facts,
      __urn: request.getUrn(),
      ...(organization === undefined ? {} : { __organization: organization }),
    });
  };

  return {
    check: answering(async (request: messages.CheckRequest) => {
      const olds = propertiesFrom(request.getOlds());
      const news = told(request, withoutNulls(propertiesFrom(request.getNews())));
      const { inputs, failures } = await operationsOn(request).check(olds, news);
      const answer = new messages.CheckResponse();
      answer.setInputs(inputsTo(inputs));
      answer.setFailuresList(
        [...failures, ...failuresOfValues(news)].map(({ property, reason }) =>
          new messages.CheckFailure().setProperty(property).setReason(reason),
        ),
      );
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
      answer.setProperties(outputsTo(inputs === undefined ? props : withSecrets(props, "input")));
      if (inputs === undefined) answer.setInputs(request.getInputs());
      else answer.setInputs(inputsTo(withSecrets(inputs, "input")));
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
      // An update may keep what was declared before.
      const kept = ["input", "triggers"].filter((name) => !isSameJson(outs[name], news[name]));
      answer.setProperties(outputsTo(withSecrets(outs, ...kept)));
      return answer;
    }),

    delete: answering(async (request: messages.DeleteRequest) => {
      const stored = told(request, propertiesFrom(request.getProperties()));
      await operationsOn(request).delete(request.getId(), stored);
      return empty();
    }),
  } satisfies Partial<IResourceProviderServer>;
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

/** Marks properties as secret of which the request does not tell what in them is. */
function withSecrets(properties: Properties, ...names: readonly string[]): Properties {
  const marked = names.filter((name) => properties[name] !== undefined);
  return {
    ...properties,
    ...Object.fromEntries(marked.map((name) => [name, secret(properties[name])])),
  };
}
