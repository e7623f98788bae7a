import * as pulumi from "@pulumi/pulumi";
import { createRequire } from "node:module";
import type { TaskRun } from "../../provider/program/taskRun";

/** The `__provider` that the compiled package hands to Pulumi: the text that every state holds. */
export async function storedProvider(): Promise<string> {
  const compiled = createRequire(__filename)("../../dist/index.js") as { TaskRun: typeof TaskRun };
  let text: unknown;
  await pulumi.runtime.setMocks({
    newResource: ({ inputs }) => {
      text = (inputs as Record<string, unknown>).__provider;
      return { id: "run1", state: {} };
    },
    call: () => ({}),
  });
  const resource = new compiled.TaskRun("prices", { actorTaskId: "x" });
  await new Promise((resolve) => resource.urn.apply(resolve));
  if (typeof text !== "string") throw new Error("The package gave Pulumi no provider.");
  return text;
}
