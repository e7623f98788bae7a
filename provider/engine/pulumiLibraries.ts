import { createRequire } from "node:module";
import type { ConfigureRequest } from "@pulumi/pulumi/proto/provider_pb";

/** A JSON object on Pulumi's wire. */
export type Struct = NonNullable<ReturnType<ConfigureRequest["getArgs"]>>;

/** A message of google-protobuf that can hold any other. */
interface Any {
  pack(serialized: Uint8Array, name: string): void;
}

/** The libraries that Pulumi's generated messages and clients belong to. */
export interface PulumiLibraries {
  readonly grpc: typeof import("@grpc/grpc-js");
  readonly Struct: { fromJavaScript(value: Readonly<Record<string, unknown>>): Struct };
  readonly Empty: new () => object;
  readonly Any: new () => Any;
}

/**
 * Pulumi's own copies of the libraries, which its generated code works with. The bundle of the native plugin has them in
 * itself: scripts/build.mjs replaces this file there.
 */
export function pulumiLibraries(): PulumiLibraries {
  const fromPulumi = createRequire(require.resolve("@pulumi/pulumi/package.json"));
  return {
    grpc: fromPulumi("@grpc/grpc-js") as PulumiLibraries["grpc"],
    ...(fromPulumi("google-protobuf/google/protobuf/struct_pb") as Pick<PulumiLibraries, "Struct">),
    ...(fromPulumi("google-protobuf/google/protobuf/empty_pb") as Pick<PulumiLibraries, "Empty">),
    ...(fromPulumi("google-protobuf/google/protobuf/any_pb") as Pick<PulumiLibraries, "Any">),
  };
}
