import * as pulumi from "@pulumi/pulumi";
import { jsonArguments } from "../../../provider/program/jsonArguments";
import { TaskRun } from "../../../provider/program/taskRun";

/** What Pulumi's SDK puts on the wire for the arguments of `prices`, its secrets in plain text. */
export async function onTheWire(args: object): Promise<unknown> {
  return unwrapped(
    await pulumi.runtime.serializeProperties("prices", jsonArguments('TaskRun "prices"', args)),
  );
}

/** The input and the triggers that a TaskRun is registered with, mocks in place of the engine. */
export async function registered(args: object): Promise<unknown> {
  const received = new Promise((resolve) => {
    void pulumi.runtime.setMocks({
      newResource: ({ inputs }) => {
        const { input, triggers } = inputs as Readonly<Record<string, unknown>>;
        resolve(unwrapped({ input, triggers }));
        return { id: "run1", state: {} };
      },
      call: () => ({}),
    });
  });
  new TaskRun("prices", { actorTaskId: "janedoe~scrape", ...args });
  return received;
}

/** Whether secrets are marked depends on the engine, or on the mocks that another test has set. */
function unwrapped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unwrapped);
  if (typeof value !== "object" || value === null) return value;
  if (pulumi.runtime.isRpcSecret(value)) return unwrapped(pulumi.runtime.unwrapRpcSecret(value));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unwrapped(inner)]));
}
