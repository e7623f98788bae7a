import { runtime } from "@pulumi/pulumi";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";

/** Whether the program is a test that stands in for the engine, by `pulumi.runtime.setMocks`. */
export function isUnderMocks(): boolean {
  return runtime.hasMonitor() && runtime.getMonitor() instanceof MockMonitor;
}

/** The properties with which the mocks of a test answer a function of this package. */
interface MockedCall {
  readonly items?: unknown;
  readonly value?: unknown;
}

/**
 * What the mocks of a test answer for a function; `undefined` outside of tests, and when the mocks
 * do not know the function and its arguments are all there.
 */
export async function mockedCall(
  name: "datasetItems" | "keyValueStoreRecord",
  args: Readonly<Record<string, unknown>>,
): Promise<MockedCall | undefined> {
  if (!isUnderMocks()) return undefined;
  const answer = (await runtime.invoke(`apify:index:${name}`, args)) as MockedCall;
  const isKnown = "items" in answer || "value" in answer;
  // What a mocked TaskRun does not have is undefined, and so is what is read from there.
  return isKnown || Object.values(args).includes(undefined) ? answer : undefined;
}
