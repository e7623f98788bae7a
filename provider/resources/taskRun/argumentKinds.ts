import { argumentTable } from "./argumentTable";
import type { Kind } from "../usableArguments";
import type { RecordedArgs } from "./state";

/** The kind of each recorded argument of a TaskRun. */
export const argumentKinds: Readonly<Record<keyof RecordedArgs, { readonly kind: Kind }>> = {
  ...argumentTable,
  trackedBuild: { kind: "string" },
  trackedTask: { kind: "string" },
  askedAt: { kind: "string" },
  startedBuild: { kind: "string" },
  isImported: { kind: "boolean" },
};
