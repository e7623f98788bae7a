import { message, sentences } from "./message";
import type { ApifyError } from "./errors";
import type { Message } from "./message";

/** What was asked of Apify on the way to a run, where the advice depends on it. */
export interface StartPurpose {
  /** `look`: to list the task's runs, before one is started. */
  readonly what: "start" | "listRuns";
  readonly actorTaskId: string;
  readonly build?: string | undefined;
  readonly maxItems?: number | undefined;
  readonly maxTotalChargeUsd?: number | undefined;
}

/** What a person can do about an error. `purpose` is `undefined` for a request that is not about a start. */
export type Advice = (error: ApifyError, purpose: StartPurpose | undefined) => Message;

const billing = ({ setup }: ApifyError): Message => message`${setup.consoleUrl}/billing`;
const integrations = ({ setup }: ApifyError): Message =>
  message`${setup.consoleUrl}/settings/integrations`;

/** The page of the task; that of all tasks for a name, which no page has in its address. */
const taskPage = ({ setup }: ApifyError, purpose: StartPurpose | undefined): Message =>
  purpose === undefined || purpose.actorTaskId.includes("~")
    ? message`${setup.consoleUrl}/actors/tasks`
    : message`${setup.consoleUrl}/actors/tasks/${purpose.actorTaskId}`;

// What passes

export const freeMemory: Advice = (error) =>
  message`Wait until other runs of the account end, lower memoryMbytes, or raise the account's memory (${billing(error)}). Then run \`pulumi up\` again, with a longer startWaitSecs if other runs take long.`;

export const freeRuns: Advice = (error) =>
  message`Wait until other runs of the account end, or raise the number of runs that it may have at once (${billing(error)}). Then run \`pulumi up\` again, with a longer startWaitSecs if other runs take long.`;

export const slowDown: Advice = () =>
  message`Apify got too many requests at once. Try again in a minute, with fewer resources at a time (\`pulumi up --parallel 4\`).`;

export const tryLater: Advice = () =>
  message`Try again later; https://status.apify.com says whether Apify has a problem.`;

// Money

export const raiseUsageLimit: Advice = (error) =>
  message`Unless Apify names another reason, the account's usage limit for this month is used up. Raise it (${billing(error)}), or wait for the next billing cycle.`;

export const raiseLimits: Advice = (error) =>
  message`A limit of the account is reached. See its limits, and raise them: ${billing(error)}`;

export const addCredit: Advice = (error) =>
  message`The account has too little credit left for this Actor. Add credit, or choose a larger plan: ${billing(error)}`;

export const checkMaxItems: Advice = (error, purpose) =>
  purpose?.maxItems === undefined
    ? creditIsUsedUp(error, "maxItems")
    : message`Raise maxItems (${purpose.maxItems}). If that does not help, the account's credit may be used up: ${billing(error)}`;

export const checkMaxTotalCharge: Advice = (error, purpose) =>
  purpose?.maxTotalChargeUsd === undefined
    ? creditIsUsedUp(error, "maxTotalChargeUsd")
    : message`Raise maxTotalChargeUsd (${purpose.maxTotalChargeUsd}) to the minimum that Apify or the Actor sets. If that does not help, the account's credit may be used up: ${billing(error)}`;

/** Apify fills the option with what is left of the credit, and then refuses it. */
function creditIsUsedUp(error: ApifyError, option: string): Message {
  return message`The program sets no ${option}, so either the account's credit is used up or the ${option} saved in the task is too low. Add credit (${billing(error)}), or set ${option}.`;
}

export const rentTheActor: Advice = (error, purpose) =>
  message`Rent the Actor on its page in Apify Console, which the task links to (${taskPage(error, purpose)}), or run a task of another Actor.`;

export const chooseAnotherPlan: Advice = (error) =>
  message`The account's plan does not include this Actor. Choose another plan: ${billing(error)}`;

export const mendPayment: Advice = (error) =>
  message`Check the account's payment method: ${billing(error)}`;

export const useAnAccount: Advice = ({ setup }) =>
  message`Apify asked for a payment for this one request, as it does of callers without an account. Check that ${setup.tokenFrom} is the token of an account that may run the Actor.`;

export const seeBilling: Advice = (error) => message`See the account's billing: ${billing(error)}`;

// The token and what it may do

export const checkToken: Advice = (error) =>
  message`Check ${error.setup.tokenFrom}. Apify Console shows the account's tokens: ${integrations(error)}`;

export const grantPermissions: Advice = (error, purpose) => {
  const where = message`Set the token's permissions in Apify Console: ${integrations(error)}`;
  if (purpose?.what === "start") {
    return sentences(message`The token needs Run on the task's Actor and Read on the task.`, where);
  }
  if (purpose?.what === "listRuns") {
    return sentences(
      message`The token may not list the task's runs, and without that list a start might run the task twice. It needs View runs on the task and on its Actor, besides Run and Read.`,
      where,
    );
  }
  return sentences(
    message`The token of ${error.setup.tokenFrom} may not do this. It needs View runs and Run on the task's Actor, and access to the run's storages.`,
    where,
  );
};

export const approveTheActor: Advice = (error, purpose) =>
  message`The Actor's permissions need approval in Apify Console. Open the task there and start it once: ${taskPage(error, purpose)}`;

export const mendAccount: Advice = ({ setup }) =>
  message`Apify has restricted the account of ${setup.tokenFrom}. Its settings may say why: ${setup.consoleUrl}/settings`;

// What is not there

export const actorIsGone: Advice = (error, purpose) =>
  purpose === undefined
    ? message`The Actor was deleted, or the account of ${error.setup.tokenFrom} cannot see it any more.`
    : message`Task "${purpose.actorTaskId}" exists, but its Actor does not: it was deleted, or the account of ${error.setup.tokenFrom} cannot see it any more. Run a task of another Actor, or see the task: ${taskPage(error, purpose)}`;

export const checkWhatIsMissing: Advice = (error, purpose) => {
  if (/^Actor (was )?not found/i.test(error.apifyMessage)) return actorIsGone(error, purpose);
  const { tokenFrom } = error.setup;
  if (purpose === undefined) {
    return message`It was deleted, or the account of ${tokenFrom} cannot see it.`;
  }
  const { actorTaskId } = purpose;
  return sentences(
    message`Check actorTaskId "${actorTaskId}", and that the account of ${tokenFrom} can see this task.`,
    actorTaskId.includes("~")
      ? message``
      : message`The name of a task of your own is written "~${actorTaskId}".`,
  );
};

export const checkAddress: Advice = ({ setup }) =>
  message`Check ${setup.baseUrlFrom} (${setup.baseUrl}): the server at this address does not know the request.`;

// The Actor and its build

export const checkBuild: Advice = (_error, purpose) =>
  message`Check build "${purpose?.build ?? "(the task's own)"}": the Actor has no such build.`;

export const buildAgain: Advice = (_error, purpose) =>
  message`Build "${purpose?.build ?? "(the task's own)"}" of the Actor cannot be run. Build the Actor again, or set build to another tag or number.`;

export const actorIsDisabled: Advice = (error, purpose) =>
  message`The Actor is disabled. Ask its author, or Apify's support, or run a task of another Actor: ${taskPage(error, purpose)}`;

export const actorIsLimited: Advice = () =>
  message`The Actor tried to go on as another Actor (a metamorph), and Apify did not allow it. Ask the Actor's author.`;

// The input

export const mendInput: Advice = ({ apifyMessage }) => {
  const field = /\binput((\.[\w$-]+|\[[^\]]*\])+)/.exec(apifyMessage)?.[0];
  return field === undefined
    ? message`Correct the argument input, or the task's saved input where the argument leaves a field out.`
    : message`Correct ${field}, in the argument input or, where that leaves it out, in the task's saved input.`;
};

export const checkArguments: Advice = () =>
  message`Check the arguments of the TaskRun. If they are right, report this as a bug of pulumi-apify.`;

export const sendLess: Advice = () =>
  message`Send less: put large data into a key-value store or a dataset, and pass its id in the input.`;

// A run and its data

export const waitForTheEnd: Advice = () =>
  message`The run has not ended. Abort it or wait for its end, and try again.`;

export const lookAtTheRun: Advice = ({ setup }) =>
  message`Look at the run in Apify Console: ${setup.consoleUrl}/actors/runs`;

export const askApify: Advice = ({ setup }) =>
  message`If what Apify says does not help, see the account in Apify Console (${setup.consoleUrl}), or ask Apify's support.`;
