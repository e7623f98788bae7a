/** What a suite opens for its tests, and closes after them. */
interface Closable {
  close(): Promise<void>;
}

/**
 * Opens something before the tests of the current suite, or before each of them, and closes it afterwards.
 * What it returns stands for what is open: its members can be read within hooks and tests.
 */
export function fixture<T extends Closable>(
  per: "suite" | "test",
  open: () => Promise<T>,
): Omit<T, "close"> {
  let opened: T | undefined;
  const hooks =
    per === "suite" ? { open: before, close: after } : { open: beforeEach, close: afterEach };
  hooks.open(async () => {
    opened = undefined;
    opened = await open();
  });
  hooks.close(() => opened?.close());
  return new Proxy({} as Omit<T, "close">, {
    get: (_target, name) => {
      if (opened === undefined) throw new Error("It is open within hooks and tests only.");
      return Reflect.get(opened, name) as unknown;
    },
  });
}
