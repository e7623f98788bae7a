import type { EmulatorState } from "./emulatorState";

/** The page of a run. The emulator serves pages of its own, so links lead to it. */
export function runConsoleUrl(
  { url }: EmulatorState,
  { id, actId }: { readonly id: string; readonly actId: string },
): string {
  return `${url}/actors/${actId}/runs/${id}`;
}

/** The page of an Actor's build. */
export function buildConsoleUrl({ url }: EmulatorState, actId: string, number: string): string {
  return `${url}/actors/${actId}#/builds/${number}`;
}
