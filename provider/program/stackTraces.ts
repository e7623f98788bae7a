// Node.js's types say that there always is a function. Older versions have none, unless somebody sets it.
const formats: {
  prepareStackTrace?: (error: Error, callSites: NodeJS.CallSite[]) => unknown;
} = Error;

/**
 * Makes stack traces short, until the returned function is called: they consist of the error's message.
 *
 * Pulumi's constructor keeps the text of a stack trace for each of some 40 promises, for its report of leaked promises
 * (`debuggablePromise` in https://github.com/pulumi/pulumi/blob/master/sdk/nodejs/runtime/debuggable.ts), and ts-node maps
 * each to the sources. That took a sixth of the time of a preview of 300 resources. The error of a failed registration is no
 * shorter, since its text is made later; neither is the trace in which Pulumi looks for the line of the program, which is
 * the one without a limit.
 */
export function shortenStackTraces(): () => void {
  const { prepareStackTrace: format } = formats;
  // Without a function that maps them, stack traces cost little.
  if (format === undefined) return () => undefined;
  formats.prepareStackTrace = (error, callSites) =>
    Error.stackTraceLimit === Number.POSITIVE_INFINITY ? format(error, callSites) : String(error);
  return () => {
    formats.prepareStackTrace = format;
  };
}
