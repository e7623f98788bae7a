import * as grpc from "@grpc/grpc-js";
import * as providerService from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { structOf } from "./protobuf";
import type { Struct } from "./protobuf";

/** What the engine knows of a resource. */
export type Properties = Record<string, unknown>;

/** An operation that failed, as the engine learns it. */
export class HostFailure extends Error {
  /** The resource that exists although the operation failed, if there is one. */
  readonly partial: { id: string; properties: Properties; reasons: readonly string[] } | undefined;

  constructor(error: grpc.ServiceError) {
    super(error.details);
    this.partial = partialOf(error.metadata);
  }
}

/** Pulumi's real host for dynamic providers, a process of its own, spoken to as the engine does. */
export interface Host {
  configure(config: Readonly<Record<string, string>>): Promise<void>;
  check(
    olds: Properties,
    news: Properties,
  ): Promise<{ inputs: Properties; failures: readonly { property: string; reason: string }[] }>;
  diff(
    id: string,
    olds: Properties,
    news: Properties,
  ): Promise<{ changes: "some" | "none" | "unknown"; replaces: readonly string[] }>;
  create(news: Properties): Promise<{ id: string; properties: Properties }>;
  read(id: string, properties: Properties): Promise<{ id: string; properties: Properties }>;
  update(id: string, olds: Properties, news: Properties): Promise<Properties>;
  delete(id: string, properties: Properties): Promise<void>;
  stderr(): string;
  /** Sends a signal; what is under way may still be answered. */
  signal(signal: NodeJS.Signals): void;
  /** Resolves with how the process ended, when all it wrote has been read. */
  readonly ended: Promise<HostEnd>;
  /** Breaks off the connection and sends a signal. */
  end(signal: NodeJS.Signals): Promise<HostEnd>;
}

/** How a host's process ended. */
export interface HostEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface HostOptions {
  /** Where the engine is. */
  readonly engine: string;
  /** The folder that the process runs in, and from which it loads packages. */
  readonly cwd: string;
}

export async function startHost({ engine, cwd }: HostOptions): Promise<Host> {
  const program = createRequire(join(cwd, "package.json")).resolve(
    "@pulumi/pulumi/cmd/dynamic-provider/index.js",
  );
  const { PATH = "", HOME = "" } = process.env;
  const env = { PATH, HOME, PULUMI_NODEJS_PROJECT: "shop", PULUMI_NODEJS_STACK: "dev" };
  const child = spawn(process.execPath, [program, engine], { cwd, env });
  const closed = once(child, "close") as Promise<[number | null, NodeJS.Signals | null]>;
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const [port] = (await Promise.race([
    once(createInterface(child.stdout), "line"),
    closed.then(() => Promise.reject(new Error(`The host did not start:\n${stderr}`))),
  ])) as [string];
  const ended = closed.then(([code, signal]) => ({ code, signal }));
  const client = new providerService.ResourceProviderClient(
    `127.0.0.1:${port}`,
    grpc.credentials.createInsecure(),
  );

  return {
    configure: async (config) => {
      const request = new messages.ConfigureRequest();
      request.setArgs(structOf(config));
      await answered<messages.ConfigureResponse>((done) => client.configure(request, done));
    },
    check: async (olds, news) => {
      const request = new messages.CheckRequest();
      request.setOlds(structOf(olds));
      request.setNews(structOf(news));
      const answer = await answered<messages.CheckResponse>((done) => client.check(request, done));
      const failures = answer.getFailuresList().map((failure) => ({
        property: failure.getProperty(),
        reason: failure.getReason(),
      }));
      return { inputs: propertiesOf(answer.getInputs()), failures };
    },
    diff: async (id, olds, news) => {
      const request = new messages.DiffRequest();
      request.setId(id);
      request.setOlds(structOf(olds));
      request.setNews(structOf(news));
      const answer = await answered<messages.DiffResponse>((done) => client.diff(request, done));
      const { DIFF_SOME, DIFF_NONE } = messages.DiffResponse.DiffChanges;
      const changes = answer.getChanges();
      const known = changes === DIFF_NONE ? "none" : "unknown";
      return {
        changes: changes === DIFF_SOME ? "some" : known,
        replaces: answer.getReplacesList(),
      };
    },
    create: async (news) => {
      const request = new messages.CreateRequest();
      request.setProperties(structOf(news));
      const answer = await answered<messages.CreateResponse>((done) =>
        client.create(request, done),
      );
      return { id: answer.getId(), properties: propertiesOf(answer.getProperties()) };
    },
    read: async (id, properties) => {
      const request = new messages.ReadRequest();
      request.setId(id);
      request.setProperties(structOf(properties));
      const answer = await answered<messages.ReadResponse>((done) => client.read(request, done));
      return { id: answer.getId(), properties: propertiesOf(answer.getProperties()) };
    },
    update: async (id, olds, news) => {
      const request = new messages.UpdateRequest();
      request.setId(id);
      request.setOlds(structOf(olds));
      request.setNews(structOf(news));
      const answer = await answered<messages.UpdateResponse>((done) =>
        client.update(request, done),
      );
      return propertiesOf(answer.getProperties());
    },
    delete: async (id, properties) => {
      const request = new messages.DeleteRequest();
      request.setId(id);
      request.setProperties(structOf(properties));
      await answered((done) => client.delete(request, done));
    },
    stderr: () => stderr,
    signal: (signal) => void child.kill(signal),
    ended,
    end: (signal) => {
      client.close();
      child.kill(signal);
      return ended;
    },
  };
}

function answered<Answer>(
  send: (done: (error: grpc.ServiceError | null, answer: Answer) => void) => unknown,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    send((error, answer) => {
      if (error === null) resolve(answer);
      else reject(new HostFailure(error));
    });
  });
}

function propertiesOf(struct: Struct | undefined): Properties {
  return struct?.toJavaScript() ?? {};
}

function partialOf(metadata: grpc.Metadata): HostFailure["partial"] {
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
