import * as grpc from "@grpc/grpc-js";
import * as providerService from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { startEmulator } from "../../../emulator";
import { serve } from "../../../provider/native/server";
import { answered, propertiesOf } from "../../support/calls";
import { emptyMessage, structOf } from "../../support/protobuf";
import { twoTasks } from "../../support/twoTasks";
import { aDeployment } from "./dynamicHost";
import type { Emulator } from "../../../emulator";
import type { Properties } from "../../support/calls";

/** The plugin, spoken to over gRPC as the engine does. */
export interface Plugin {
  readonly emulator: Emulator;
  /** The durable lines in the rows of all resources, oldest first. */
  readonly lines: string[];
  readonly client: providerService.ResourceProviderClient;
  configure(args?: Properties): Promise<void>;
  check(
    olds: Properties,
    news: Properties,
    urn?: string,
  ): Promise<{ inputs: Properties; failures: readonly string[] }>;
  diff(request: DiffOf, urn?: string): Promise<messages.DiffResponse.AsObject>;
  create(news: Properties, more?: Operation): Promise<{ id: string; outs: Properties }>;
  read(
    id: string,
    props?: Properties,
  ): Promise<{ id: string; props: Properties; inputs: Properties }>;
  update(id: string, olds: Properties, news: Properties, more?: Operation): Promise<Properties>;
  delete(id: string, props: Properties): Promise<void>;
  invoke(token: string, args: Properties): Promise<Properties>;
  cancel(): Promise<void>;
  close(): Promise<void>;
}

interface DiffOf {
  readonly id: string;
  readonly olds: Properties;
  readonly news: Properties;
  readonly oldInputs?: Properties;
}

interface Operation {
  readonly urn?: string;
  readonly preview?: "preview";
  readonly timeoutSecs?: number;
}

const runUrn = "urn:pulumi:dev::shop::apify:index:TaskRun::prices";
export const taskUrn = "urn:pulumi:dev::shop::apify:index:Task::scraper";

/** Starts the plugin in this process, and an emulator with the tasks `scrape` and `by-hand` of janedoe. */
export async function startPlugin(): Promise<Plugin> {
  const emulator = await startEmulator({ declaration: twoTasks("jane-token") });
  const lines: string[] = [];
  const deployment = aDeployment((kind, _urn, text) => {
    if (kind === "line") lines.push(text);
  });
  const server = await serve({ host: process, deployment });
  const client = new providerService.ResourceProviderClient(
    `127.0.0.1:${server.port}`,
    grpc.credentials.createInsecure(),
  );
  return {
    emulator,
    lines,
    client,
    configure: async (args = {}) => {
      const request = new messages.ConfigureRequest();
      request.setArgs(structOf({ token: "jane-token", baseUrl: emulator.url, ...args }));
      await answered((done) => client.configure(request, done));
    },
    check: async (olds, news, urn = runUrn) => {
      const request = new messages.CheckRequest();
      request.setUrn(urn);
      request.setOlds(structOf(olds));
      request.setNews(structOf(news));
      const answer = await answered<messages.CheckResponse>((done) => client.check(request, done));
      return {
        inputs: propertiesOf(answer.getInputs()),
        failures: answer.getFailuresList().map((failure) => failure.getReason()),
      };
    },
    diff: async ({ id, olds, news, oldInputs }, urn = runUrn) => {
      const request = new messages.DiffRequest();
      request.setId(id);
      request.setUrn(urn);
      request.setOlds(structOf(olds));
      request.setNews(structOf(news));
      if (oldInputs !== undefined) request.setOldInputs(structOf(oldInputs));
      const answer = await answered<messages.DiffResponse>((done) => client.diff(request, done));
      return answer.toObject();
    },
    create: async (news, { urn = runUrn, preview, timeoutSecs = 0 } = {}) => {
      const request = new messages.CreateRequest();
      request.setUrn(urn);
      request.setProperties(structOf(news));
      request.setPreview(preview !== undefined);
      request.setTimeout(timeoutSecs);
      const answer = await answered<messages.CreateResponse>((done) =>
        client.create(request, done),
      );
      return { id: answer.getId(), outs: propertiesOf(answer.getProperties()) };
    },
    read: async (id, props = {}) => {
      const request = new messages.ReadRequest();
      request.setId(id);
      request.setUrn(runUrn);
      request.setProperties(structOf(props));
      const answer = await answered<messages.ReadResponse>((done) => client.read(request, done));
      return {
        id: answer.getId(),
        props: propertiesOf(answer.getProperties()),
        inputs: propertiesOf(answer.getInputs()),
      };
    },
    update: async (id, olds, news, { urn = runUrn, preview, timeoutSecs = 0 } = {}) => {
      const request = new messages.UpdateRequest();
      request.setId(id);
      request.setUrn(urn);
      request.setOlds(structOf(olds));
      request.setNews(structOf(news));
      request.setPreview(preview !== undefined);
      request.setTimeout(timeoutSecs);
      const answer = await answered<messages.UpdateResponse>((done) =>
        client.update(request, done),
      );
      return propertiesOf(answer.getProperties());
    },
    delete: async (id, props) => {
      const request = new messages.DeleteRequest();
      request.setId(id);
      request.setUrn(runUrn);
      request.setProperties(structOf(props));
      await answered((done) => client.delete(request, done));
    },
    invoke: async (token, args) => {
      const request = new messages.InvokeRequest();
      request.setTok(token);
      request.setArgs(structOf(args));
      const answer = await answered<messages.InvokeResponse>((done) =>
        client.invoke(request, done),
      );
      return propertiesOf(answer.getReturn());
    },
    cancel: async () => {
      await answered((done) => client.cancel(emptyMessage() as never, done));
    },
    close: async () => {
      client.close();
      server.close();
      await emulator.close();
    },
  };
}
