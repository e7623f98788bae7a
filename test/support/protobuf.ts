import { createRequire } from "node:module";
import type { ConfigureRequest } from "@pulumi/pulumi/proto/provider_pb";

/** A JSON object on Pulumi's wire. */
export type Struct = NonNullable<ReturnType<ConfigureRequest["getArgs"]>>;

// Pulumi's own copy, so that its messages take what is made here.
const fromPulumi = createRequire(require.resolve("@pulumi/pulumi/package.json"));
const structs = fromPulumi("google-protobuf/google/protobuf/struct_pb") as {
  Struct: { fromJavaScript(value: Readonly<Record<string, unknown>>): Struct };
};
const empties = fromPulumi("google-protobuf/google/protobuf/empty_pb") as {
  Empty: new () => object;
};

/** Puts an object on the wire, as the dynamic host does; throws for what the wire cannot carry. */
export function structOf(properties: Readonly<Record<string, unknown>>): Struct {
  return structs.Struct.fromJavaScript(properties);
}

/** The message that says nothing. */
export function emptyMessage(): object {
  return new empties.Empty();
}
