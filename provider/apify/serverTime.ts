/** When the server answered, by its own clock, in epoch milliseconds. This machine's clock may be wrong. */
export function serverMillis(headers: Readonly<Record<string, string>>): number | undefined {
  const millis = Date.parse(headers.date ?? "");
  return Number.isNaN(millis) ? undefined : millis;
}
