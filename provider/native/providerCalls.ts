import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { withoutNulls } from "../engine/declaredProperties";
import { version } from "../resources/userAgent";
import { answering, empty } from "./answering";
import { detailedDiff } from "./detailedDiff";
import { diffAnswer, unchanged } from "./diffAnswer";
import { propertiesFrom, structOf } from "./wire";
import type { IResourceProviderServer } from "@pulumi/pulumi/proto/provider_grpc_pb";
import type { PluginAttach } from "@pulumi/pulumi/proto/plugin_pb";
import type { CurrentSession } from "./currentSession";

/** Creates the answers to the engine's calls about the plugin, its configuration and its functions. */
export function providerCalls(schema: object, session: CurrentSession) {
  return {
    handshake: answering((request: messages.ProviderHandshakeRequest) => {
      if (request.getEngineAddress() !== "") session.setAddress(request.getEngineAddress());
      const answer = new messages.ProviderHandshakeResponse();
      answer.setAcceptSecrets(false);
      answer.setAcceptResources(false);
      answer.setAcceptOutputs(false);
      return answer;
    }),

    attach: answering((request: PluginAttach) => {
      session.setAddress(request.getAddress());
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
      session.open(propertiesFrom(request.getArgs()));
      const answer = new messages.ConfigureResponse();
      answer.setSupportspreview(true);
      answer.setAcceptsecrets(false);
      answer.setAcceptresources(false);
      return answer;
    }),

    cancel: answering(() => {
      session.cancel();
      return empty();
    }),

    invoke: answering(async (request: messages.InvokeRequest) => {
      const args = withoutNulls(propertiesFrom(request.getArgs()));
      const answer = new messages.InvokeResponse();
      answer.setReturn(structOf(await session.get().invoke(request.getTok(), args)));
      return answer;
    }),
  } satisfies Partial<IResourceProviderServer>;
}
