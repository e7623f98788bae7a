import type { JsonObject } from "../json";
import type { ServiceUsage } from "./accountUsage";
import type { AccountLimits } from "./declarationTypes";
import type { Build, RunEntry, Task } from "./entities";
import type { Storage, StorageKind, StoredRecord } from "./storage";

/** A task without the number of its runs, which changes much more often. */
export type StoredTask = Omit<Task, "totalRuns">;

/** A build without its code, which the declaration tells. */
export interface StoredBuild extends Pick<Build, "id" | "number" | "createdAt"> {
  readonly tags: readonly string[];
}

/** A run with the names of its owner and of its Actor, and without its log. */
export interface StoredRun extends Pick<
  RunEntry,
  | "run"
  | "inputKey"
  | "pricing"
  | "token"
  | "webhooks"
  | "dispatches"
  | "restartOnError"
  | "messageFrom"
  | "createdAt"
> {
  readonly username: string;
  readonly actor: { readonly username: string; readonly name: string };
  readonly chargeKeys: readonly (readonly [key: string, at: number])[];
}

/** The services that an account has used, by day. */
export type StoredUsage = readonly (readonly [
  day: string,
  services: readonly (readonly [service: string, usage: ServiceUsage])[],
])[];

/**
 * A change of the data of an emulator. All changes in their order, made to what its declaration
 * declares, give its data. Each but `items` and `log` holds the whole of what it changes.
 */
export type Change =
  /** Always the first one; `at` in ISO 8601. */
  | { readonly kind: "created"; readonly at: string }
  | { readonly kind: "limits"; readonly userId: string; readonly limits: AccountLimits }
  | { readonly kind: "usage"; readonly userId: string; readonly usage: StoredUsage }
  | { readonly kind: "actorDeleted"; readonly actorId: string }
  | { readonly kind: "builds"; readonly actorId: string; readonly builds: readonly StoredBuild[] }
  | { readonly kind: "task"; readonly task: StoredTask }
  | { readonly kind: "taskRuns"; readonly taskId: string; readonly totalRuns: number }
  | { readonly kind: "taskDeleted"; readonly taskId: string }
  | { readonly kind: "run"; readonly stored: StoredRun }
  | { readonly kind: "runDeleted"; readonly runId: string }
  | { readonly kind: "log"; readonly runId: string; readonly lines: readonly string[] }
  | {
      /** A new storage, or new properties of one. */
      readonly kind: "storage";
      readonly storageKind: StorageKind;
      /** Without its contents. */
      readonly storage: Storage;
    }
  | { readonly kind: "storageDeleted"; readonly storageKind: StorageKind; readonly id: string }
  | ItemsChange
  | RecordChange
  | {
      readonly kind: "recordDeleted";
      readonly storeId: string;
      readonly key: string;
      readonly at: number;
    };

/** Items that were added to a dataset. */
export interface ItemsChange {
  readonly kind: "items";
  readonly datasetId: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly items: readonly JsonObject[];
}

/** A record of a key-value store that was written. */
export interface RecordChange {
  readonly kind: "record";
  readonly storeId: string;
  readonly key: string;
  readonly record: StoredRecord;
  /** Epoch milliseconds. */
  readonly at: number;
}
