/** Where the engine that started this process listens: the host's first argument. `undefined` where there is none, as in a test. */
export function engineAddress(argument: string | undefined): string | undefined {
  return argument !== undefined && /^[\w.[\]:-]+:\d+$/.test(argument) ? argument : undefined;
}
