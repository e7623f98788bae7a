import * as pulumi from "@pulumi/pulumi";
import { createRequire } from "node:module";
import type { Task } from "../../provider/program/task";
import type { TaskRun } from "../../provider/program/taskRun";

interface Package {
  readonly Task: typeof Task;
  readonly TaskRun: typeof TaskRun;
}

/** The `__provider` that the compiled package hands to Pulumi for a resource: the text that every state holds. */
export async function storedProvider(kind: keyof Package = "TaskRun"): Promise<string> {
  const compiled = createRequire(__filename)("../../dist/index.js") as Package;
  let text: unknown;
  await pulumi.runtime.setMocks({
    newResource: ({ inputs }) => {
      text = (inputs as Record<string, unknown>).__provider;
      return { id: "run1", state: {} };
    },
    call: () => ({}),
  });
  const resource =
    kind === "TaskRun"
      ? new compiled.TaskRun("prices", { actorTaskId: "x" })
      : new compiled.Task("prices", { actorId: "x" });
  await new Promise((resolve) => resource.urn.apply(resolve));
  if (typeof text !== "string") throw new Error("The package gave Pulumi no provider.");
  return text;
}
