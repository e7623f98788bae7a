import * as grpc from "@grpc/grpc-js";
import * as providerService from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { answered, propertiesOf } from "./calls";
import { startHostProcess } from "./hostProcess";
import { emptyMessage, structOf } from "./protobuf";
import type { Properties } from "./calls";
import type { HostEnd, HostOptions, HostProcess } from "./hostProcess";

/** A resource as a program registers it. */
export interface Registration {
  readonly urn: string;
  readonly inputs: Properties;
  /** The time limit of its operations; 0 stands for none. */
  readonly timeoutSecs: number;
}

/** A resource as the state has it. */
export interface Recorded {
  readonly urn: string;
  readonly id: string;
  readonly inputs: Properties;
  readonly properties: Properties;
}

/** The process of a shell, spoken to as the engine does. */
export interface Host extends Omit<HostProcess, "port"> {
  configure(config: Readonly<Record<string, string>>): Promise<void>;
  check(
    olds: Properties,
    news: Registration,
  ): Promise<{ inputs: Properties; failures: readonly { property: string; reason: string }[] }>;
  diff(
    old: Recorded,
    news: Registration,
  ): Promise<{ changes: "some" | "none" | "unknown"; replaces: readonly string[] }>;
  create(news: Registration): Promise<Recorded>;
  read(old: Recorded): Promise<Recorded>;
  update(old: Recorded, news: Registration): Promise<Recorded>;
  delete(old: Recorded): Promise<void>;
  /** Tells that the deployment is cancelled. */
  cancel(): Promise<void>;
  /** Breaks off the connection and sends a signal. */
  end(signal: NodeJS.Signals): Promise<HostEnd>;
}

/** Starts the process of a shell. */
export async function startHost(options: HostOptions): Promise<Host> {
  const { port, ...child } = await startHostProcess(options);
  const client = new providerService.ResourceProviderClient(
    `127.0.0.1:${port}`,
    grpc.credentials.createInsecure(),
    // As much as the engine takes.
    { "grpc.max_receive_message_length": 400 * 1024 * 1024 },
  );
  // The dynamic host does not implement it.
  if (options.shell === "native") {
    const request = new messages.ProviderHandshakeRequest();
    request.setEngineAddress(options.engine);
    await answered((done) => client.handshake(request, done));
  }

  return {
    ...child,
    configure: async (config) => {
      const request = new messages.ConfigureRequest();
      request.setArgs(structOf(config));
      request.setAcceptsecrets(true);
      request.setAcceptresources(true);
      await answered<messages.ConfigureResponse>((done) => client.configure(request, done));
    },
    check: async (olds, { urn, inputs }) => {
      const request = about(new messages.CheckRequest(), urn);
      request.setOlds(structOf(olds));
      request.setNews(structOf(inputs));
      const answer = await answered<messages.CheckResponse>((done) => client.check(request, done));
      const failures = answer.getFailuresList().map((failure) => ({
        property: failure.getProperty(),
        reason: failure.getReason(),
      }));
      return { inputs: propertiesOf(answer.getInputs()), failures };
    },
    diff: async (old, { urn, inputs }) => {
      const request = about(new messages.DiffRequest(), urn);
      request.setId(old.id);
      request.setOlds(structOf(old.properties));
      request.setOldInputs(structOf(old.inputs));
      request.setNews(structOf(inputs));
      const answer = await answered<messages.DiffResponse>((done) => client.diff(request, done));
      const { DIFF_SOME, DIFF_NONE } = messages.DiffResponse.DiffChanges;
      const changes = answer.getChanges();
      const known = changes === DIFF_NONE ? "none" : "unknown";
      return {
        changes: changes === DIFF_SOME ? "some" : known,
        replaces: answer.getReplacesList(),
      };
    },
    create: async ({ urn, inputs, timeoutSecs }) => {
      const request = about(new messages.CreateRequest(), urn);
      request.setProperties(structOf(inputs));
      request.setTimeout(timeoutSecs);
      const answer = await answered<messages.CreateResponse>((done) =>
        client.create(request, done),
      );
      return { urn, id: answer.getId(), inputs, properties: propertiesOf(answer.getProperties()) };
    },
    read: async ({ urn, id, inputs, properties }) => {
      const request = about(new messages.ReadRequest(), urn);
      request.setId(id);
      request.setInputs(structOf(inputs));
      request.setProperties(structOf(properties));
      const answer = await answered<messages.ReadResponse>((done) => client.read(request, done));
      return {
        urn,
        id: answer.getId(),
        inputs: answer.hasInputs() ? propertiesOf(answer.getInputs()) : inputs,
        properties: propertiesOf(answer.getProperties()),
      };
    },
    update: async (old, { urn, inputs, timeoutSecs }) => {
      const request = about(new messages.UpdateRequest(), urn);
      request.setId(old.id);
      request.setOlds(structOf(old.properties));
      request.setOldInputs(structOf(old.inputs));
      request.setNews(structOf(inputs));
      request.setTimeout(timeoutSecs);
      const answer = await answered<messages.UpdateResponse>((done) =>
        client.update(request, done),
      );
      return { urn, id: old.id, inputs, properties: propertiesOf(answer.getProperties()) };
    },
    delete: async ({ urn, id, inputs, properties }) => {
      const request = about(new messages.DeleteRequest(), urn);
      request.setId(id);
      request.setProperties(structOf(properties));
      request.setOldInputs(structOf(inputs));
      await answered((done) => client.delete(request, done));
    },
    cancel: async () => {
      await answered((done) => client.cancel(emptyMessage() as never, done));
    },
    end: (signal) => {
      client.close();
      child.signal(signal);
      return child.ended;
    },
  };
}

interface ResourceRequest {
  setUrn(urn: string): unknown;
  setType(type: string): unknown;
  setName(name: string): unknown;
}

/** A request that tells which resource it is about. */
function about<Request extends ResourceRequest>(request: Request, urn: string): Request {
  const [, , types = "", ...name] = urn.split("::");
  request.setUrn(urn);
  request.setType(types.split("$").at(-1) ?? "");
  request.setName(name.join("::"));
  return request;
}
