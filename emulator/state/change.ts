import type { JsonObject } from "../json";
import type { ServiceUsage } from "./accountUsage";
import type { AccountLimits } from "./declarationTypes";
import type { Build, RunEntry, Task } from "./entities";
import type { Storage, StorageKind, StoredRecord } from "./storage";
import type { Delivery } from "./webhook";

/** A task without the number of its runs, which changes much more often. */
export type StoredTask = Omit<Task, "totalRuns">;

/** A build without its code, which the declaration tells, and without its tags. */
export type StoredBuild = Pick<Build, "id" | "number" | "createdAt">;

/** A run with the names of its owner and of its Actor, and without its log and its deliveries. */
export interface StoredRun extends Pick<
  RunEntry,
  | "run"
  | "inputKey"
  | "pricing"
  | "token"
  | "webhooks"
  | "restartOnError"
  | "messageFrom"
  | "createdAt"
  | "timeoutAt"
  | "offMillis"
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
 * declares, give its data. `items`, `log` and `charge` add to what was there; the others replace it.
 */
export type Change =
  /** Always the first one; `at` in ISO 8601. */
  | { readonly kind: "created"; readonly at: string }
  /** The emulator was running at this time, in epoch milliseconds. */
  | { readonly kind: "alive"; readonly at: number }
  | { readonly kind: "limits"; readonly username: string; readonly limits: AccountLimits }
  | { readonly kind: "usage"; readonly username: string; readonly usage: StoredUsage }
  | { readonly kind: "actorDeleted"; readonly actorId: string }
  /** A build that was added by hand. */
  | { readonly kind: "build"; readonly actorId: string; readonly build: StoredBuild }
  /** A tag that was given to a build by hand. */
  | {
      readonly kind: "tag";
      readonly actorId: string;
      readonly tag: string;
      readonly buildId: string;
    }
  | { readonly kind: "task"; readonly task: StoredTask }
  | { readonly kind: "taskRuns"; readonly taskId: string; readonly totalRuns: number }
  | { readonly kind: "taskDeleted"; readonly taskId: string }
  | { readonly kind: "run"; readonly stored: StoredRun }
  | { readonly kind: "runDeleted"; readonly runId: string }
  | ChargeChange
  | { readonly kind: "delivery"; readonly runId: string; readonly delivery: Delivery }
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

/** A charge of a run. */
export interface ChargeChange {
  readonly kind: "charge";
  readonly runId: string;
  readonly event: string;
  /** How often the run was charged for this event, with this charge. */
  readonly total: number;
  readonly idempotencyKey?: string | undefined;
  /** Epoch milliseconds. */
  readonly at: number;
}

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
