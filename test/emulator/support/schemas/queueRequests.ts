import { z } from "zod";
import { count, dateTime } from "./common";

const requestId = z.string().min(1);

const headFields = {
  id: requestId,
  uniqueKey: z.string(),
  url: z.string(),
  method: z.string().optional(),
  retryCount: count.optional(),
};

const queueFields = {
  limit: count,
  queueModifiedAt: dateTime,
  hadMultipleClients: z.boolean(),
};

const draft = z.looseObject({ uniqueKey: z.string(), url: z.string() });

/** A request of a queue. Clients store fields of their own in it. */
export const queueRequest = z.looseObject({
  id: requestId,
  uniqueKey: z.string(),
  url: z.string(),
});

/** The requests of a queue. */
export const queueRequests = z.strictObject({
  items: z.array(queueRequest),
  limit: count,
  exclusiveStartId: z.string().nullish(),
  cursor: z.string().nullish(),
  nextCursor: z.string().nullish(),
  // Only in the types of apify-client.
  count: count.optional(),
});

const registration = {
  requestId,
  wasAlreadyPresent: z.boolean(),
  wasAlreadyHandled: z.boolean(),
};

/** The answer to adding or updating a request. */
export const requestRegistration = z.strictObject({
  ...registration,
  // Only in the types of apify-client.
  uniqueKey: z.string().optional(),
});

/** The answer to adding several requests. */
export const batchAdded = z.strictObject({
  processedRequests: z.array(z.strictObject({ ...registration, uniqueKey: z.string() })),
  unprocessedRequests: z.array(draft),
});

/** The answer to deleting several requests. */
export const batchDeleted = z.strictObject({
  processedRequests: z.array(
    z.union([
      z.strictObject({ id: requestId, uniqueKey: z.string().optional() }),
      z.strictObject({ id: requestId.optional(), uniqueKey: z.string() }),
    ]),
  ),
  unprocessedRequests: z.array(z.looseObject({})),
});

/** The first requests of a queue. */
export const queueHead = z.strictObject({
  ...queueFields,
  items: z.array(z.strictObject(headFields)),
});

/** The first requests of a queue, locked. */
export const lockedQueueHead = z.strictObject({
  ...queueFields,
  queueHasLockedRequests: z.boolean().optional(),
  clientKey: z.string().nullish(),
  lockSecs: count,
  items: z.array(z.strictObject({ ...headFields, lockExpiresAt: dateTime })),
});

/** The answer to prolonging the lock of a request. */
export const requestLock = z.strictObject({ lockExpiresAt: dateTime });

/** The answer to unlocking requests. */
export const unlocked = z.strictObject({ unlockedCount: count });
