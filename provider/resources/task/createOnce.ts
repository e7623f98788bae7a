import { ApifyError, messageOf, orUndefinedWhenMissing, RequestError } from "../../apify/errors";
import { message } from "../../apify/message";
import { ProviderError } from "../errors";
import { reportPauses } from "../reportPauses";
import { autoName, replacedName } from "./autoName";
import { lookUp } from "./lookUp";
import { changedFields, newFields } from "./taskFields";
import { maybeCreated, nameOf, notCreated, takenName } from "./taskMessages";
import type { Task } from "../../apify/schemas/task";
import type { Account } from "../account";
import type { CheckedArgs } from "./state";
import type { TaskContext } from "./taskContext";

/** The arguments of a task that is created: `check` gave it a name. */
export type NamedArgs = CheckedArgs & { readonly name: string };

/**
 * Pauses in seconds between the looks for a task whose create got no usable response. A create that timed
 * out may still be under way.
 */
const pauses = [1, 2, 4, 8] as const;

/** How often the create is sent at most, each time after a look. Names are unique in an account, so a second create cannot make a second task. */
const mostCreates = 3;

/**
 * Creates the task, once: it looks for the name first, and again after a lost response. A task that already has the
 * name is used only if an interrupted deployment of this resource must have created it; any other one is an error, and
 * stays as it is.
 */
export async function createOnce(
  context: TaskContext,
  account: Account,
  args: NamedArgs,
): Promise<Task> {
  const { name } = args;
  const found = await taskNamed(context, account, name);
  if (found !== undefined) {
    await lookUpReplaced(context, account);
    if (!isReplacedTask(context, found)) {
      if (await isOfInterruptedCreate(context, account, args, found)) return used(context, found);
      throw new ProviderError(takenName(name, found, account));
    }
    await moveAside(context, account, found);
  }
  return create(context, account, args);
}

async function create(context: TaskContext, account: Account, args: NamedArgs): Promise<Task> {
  const { name, actorId } = args;
  let lost: RequestError | undefined;
  let last: RequestError | undefined;
  for (let creates = 0; creates < mostCreates; creates++) {
    context.report.status(message`creating task ${name}`);
    const result = await account.client.createTask(
      { actId: actorId, ...newFields(args), name },
      reportPauses(context),
    );
    if (result.outcome === "created") return result.task;
    const isTaken = result.outcome === "refused" && isOfTakenName(result.error);
    if (result.outcome === "refused" && !isTaken) {
      if (lost === undefined) throw new ProviderError(notCreated(actorId, result.error));
      throw new ProviderError(maybeCreated(name, messageOf(result.error)));
    }
    last = result.error;
    if (result.outcome === "unknown") lost = result.error;
    const found = await lookAfterLoss(context, account, name);
    if (found === undefined) continue;
    // Before the first create nobody had the name. So after a lost one, a task with what was sent is its task.
    const isOwn =
      lost === undefined
        ? await isOfInterruptedCreate(context, account, args, found)
        : await hasDeclaredContent(context, account, args, found);
    if (!isOwn) throw new ProviderError(takenName(name, found, account));
    return used(context, found);
  }
  if (lost === undefined && last !== undefined) {
    throw new ProviderError(notCreated(actorId, last));
  }
  throw new ProviderError(maybeCreated(name, messageOf(lost)));
}

/** Looks for the task until it is found or the pauses are over. Throws if the last look fails. */
async function lookAfterLoss(
  context: TaskContext,
  account: Account,
  name: string,
): Promise<Task | undefined> {
  for (const pause of pauses) {
    try {
      const found = await taskNamed(context, account, name);
      if (found !== undefined) return found;
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
    }
    await context.clock.sleep(pause * 1000, context.signal);
    if (context.signal?.aborted) {
      throw new ProviderError(maybeCreated(name, "the deployment was interrupted"));
    }
  }
  try {
    return await taskNamed(context, account, name);
  } catch (error) {
    throw new ProviderError(maybeCreated(name, messageOf(error)));
  }
}

/** The account's own task with this name. */
async function taskNamed(
  context: TaskContext,
  { client }: Account,
  name: string,
): Promise<Task | undefined> {
  return orUndefinedWhenMissing(client.getTask(`~${name}`, reportPauses(context)));
}

/** Reads the task that the new one replaces, if the decision about it could not. */
async function lookUpReplaced(context: TaskContext, account: Account): Promise<void> {
  const { ledger, owner } = context;
  const id = ledger.idInState(owner);
  if (id === undefined || ledger.existing(owner) !== undefined) return;
  const replaced = await lookUp(context, account, { id });
  if (replaced !== "otherAccount") ledger.recordExisting(owner, replaced);
}

/**
 * Whether this is the task that the new one replaces. If the user forces a replacement (`--replace`), nothing is decided,
 * and only the name that the state has of it is known.
 */
function isReplacedTask({ ledger, owner }: TaskContext, found: Task): boolean {
  const existing = ledger.existing(owner);
  const id = typeof existing === "object" ? existing.id : ledger.idInState(owner);
  if (id !== undefined) return id === found.id;
  return existing !== "missing" && ledger.nameInState(owner) === found.name;
}

/** Gives the replaced task another name. The engine deletes it after everything that depends on it has been replaced. */
async function moveAside(context: TaskContext, { client }: Account, task: Task): Promise<void> {
  const name = replacedName(task.name ?? "", task.id);
  await client.updateTask(task.id, { name }, reportPauses(context));
  context.report.line(
    message`The replaced task ${nameOf(task)} is now named "${name}", since its successor takes its name.`,
  );
}

/**
 * Whether an interrupted deployment of this resource must have created the task: it has what the program
 * declares, and a name that only this resource gives, or that the replaced task had to make free for it.
 */
async function isOfInterruptedCreate(
  context: TaskContext,
  account: Account,
  args: NamedArgs,
  found: Task,
): Promise<boolean> {
  const { ledger, owner, resourceName } = context;
  const existing = ledger.existing(owner);
  const isMovedAside =
    typeof existing === "object" && existing.name === replacedName(args.name, existing.id);
  // When the name was made, it was perhaps not known yet whether the replaced task is gone.
  const isAutoName = [undefined, ledger.nameInState(owner)].some(
    (replaced) => args.name === autoName(resourceName, owner, replaced),
  );
  return (isMovedAside || isAutoName) && hasDeclaredContent(context, account, args, found);
}

async function hasDeclaredContent(
  { reads }: TaskContext,
  account: Account,
  args: NamedArgs,
  found: Task,
): Promise<boolean> {
  if (Object.keys(changedFields(found, args)).length > 0) return false;
  if ([args.actorId, args.actId].includes(found.actId)) return true;
  const actor = await orUndefinedWhenMissing(reads.actor(account, args.actorId));
  return actor?.id !== undefined && actor.id === found.actId;
}

function used({ report }: TaskContext, found: Task): Task {
  report.line(message`Task ${nameOf(found)} was already created for this resource. It is used.`);
  return found;
}

function isOfTakenName(error: RequestError): boolean {
  return error instanceof ApifyError && error.subject === "takenName";
}
