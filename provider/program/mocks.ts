import { runtime } from "@pulumi/pulumi";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";

/**
 * Whether the program is a unit test that has replaced the engine by `pulumi.runtime.setMocks`. `runtime.hasMonitor` is no
 * help: in older versions of Pulumi it does not know of mocks.
 */
export function isUnderMocks(): boolean {
  return runtime.getMonitor() instanceof MockMonitor;
}

/** The properties of a mock's answer to a function of this package. */
interface MockedCall {
  readonly items?: unknown;
  readonly value?: unknown;
}

/**
 * The mock's answer to a call of a function of this package. `undefined` outside unit tests, and if the mocks
 * do not know the function, unless an argument is `undefined`, in which case nothing can be read.
 */
export async function mockedCall(
  name: "datasetItems" | "keyValueStoreRecord",
  args: Readonly<Record<string, unknown>>,
): Promise<MockedCall | undefined> {
  if (!isUnderMocks()) return undefined;
  const answer = (await runtime.invoke(`apify:index:${name}`, args)) as MockedCall;
  const isKnown = "items" in answer || "value" in answer;
  // An output that the mock of a TaskRun leaves out is undefined, and so is the data read with it.
  return isKnown || Object.values(args).includes(undefined) ? answer : undefined;
}
