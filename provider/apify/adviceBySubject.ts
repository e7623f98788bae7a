import { message, sentences } from "./message";
import type { ApifyError } from "./errors";
import type { ErrorSubject } from "./errorTypes";
import type { Message } from "./message";
import type { AccountSetup } from "./setup";

/** The request that failed on the way to a run, where the advice depends on it. */
export interface StartPurpose {
  /** `listRuns`: the list of the task's runs, which is read before a start. */
  readonly what: "start" | "listRuns";
  readonly actorTaskId: string;
  readonly build?: string | undefined;
  readonly maxItems?: number | undefined;
  readonly maxTotalChargeUsd?: number | undefined;
}

/** What a user can do about an error answer. `purpose` is `undefined` for a request that is not part of a start. */
export type Advice = (error: ApifyError, purpose: StartPurpose | undefined) => Message;

const billingPage = ({ setup }: ApifyError): Message => message`${setup.consoleUrl}/billing`;
const tokensPage = ({ setup }: ApifyError): Message =>
  message`${setup.consoleUrl}/settings/integrations`;

/** The task's page, or the list of tasks if only the task's name is known: Console's addresses take ids. */
const taskPage = ({ setup }: ApifyError, purpose: StartPurpose | undefined): Message =>
  purpose === undefined || purpose.actorTaskId.includes("~")
    ? message`${setup.consoleUrl}/actors/tasks`
    : message`${setup.consoleUrl}/actors/tasks/${purpose.actorTaskId}`;

/** The variables that set a proxy. */
export const proxyVariables = message`HTTPS_PROXY, HTTP_PROXY and NO_PROXY`;

const freeRuns: Advice = (error) =>
  message`Wait until other runs of the account end, or raise the number of runs that it may have at once (${billingPage(error)}). Then run \`pulumi up\` again, with a longer startWaitSecs if other runs take long.`;

const tryLater: Advice = () =>
  message`Try again later; https://status.apify.com says whether Apify has a problem.`;

/** Apify sets the option to what is left of the credit, and then refuses it. */
function creditIsUsedUp(error: ApifyError, option: string): Message {
  return message`The program sets no ${option}, so either the account's credit is used up or the ${option} saved in the task is too low. Add credit (${billingPage(error)}), or set ${option}.`;
}

const missingActor: Advice = (error, purpose) =>
  purpose === undefined
    ? message`The Actor was deleted, or the account of ${error.setup.tokenFrom} cannot see it any more.`
    : message`Task "${purpose.actorTaskId}" exists, but its Actor does not: it was deleted, or the account of ${error.setup.tokenFrom} cannot see it any more. Run a task of another Actor, or see the task: ${taskPage(error, purpose)}`;

const missingResource: Advice = (error, purpose) => {
  if (/^Actor (was )?not found/i.test(error.apifyMessage)) return missingActor(error, purpose);
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

const permissions: Advice = (error, purpose) => {
  const where = message`Set the token's permissions in Apify Console: ${tokensPage(error)}`;
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

/** For an answer without a type, which may come from something else: a proxy, a firewall, another server. */
const notApify = ({ baseUrl, baseUrlFrom }: AccountSetup): Message =>
  message`The answer does not look like one of Apify's. Check ${baseUrlFrom} (${baseUrl}). If you use a proxy, check ${proxyVariables}.`;

/** The advice on each subject. */
export const adviceBySubject: Readonly<Record<ErrorSubject, Advice>> = {
  memory: (error) =>
    message`Wait until other runs of the account end, lower memoryMbytes, or raise the account's memory (${billingPage(error)}). Then run \`pulumi up\` again, with a longer startWaitSecs if other runs take long.`,
  concurrentRuns: freeRuns,
  startCapacity: freeRuns,
  rate: () =>
    message`Apify got too many requests at once. Try again in a minute, with fewer resources at a time (\`pulumi up --parallel 4\`).`,
  conflict: tryLater,
  interruption: tryLater,
  apifyProblem: tryLater,

  usageLimit: (error) =>
    message`Unless Apify names another reason, the account's usage limit for this month is used up. Raise it (${billingPage(error)}), or wait for the next billing cycle.`,
  accountLimit: (error) =>
    message`A limit of the account is reached. See its limits, and raise them: ${billingPage(error)}`,
  credit: (error) =>
    message`The account has too little credit left for this Actor. Add credit, or choose a larger plan: ${billingPage(error)}`,
  maxItems: (error, purpose) =>
    purpose?.maxItems === undefined
      ? creditIsUsedUp(error, "maxItems")
      : message`Raise maxItems (${purpose.maxItems}). If that does not help, the account's credit may be used up: ${billingPage(error)}`,
  maxTotalCharge: (error, purpose) =>
    purpose?.maxTotalChargeUsd === undefined
      ? creditIsUsedUp(error, "maxTotalChargeUsd")
      : message`Raise maxTotalChargeUsd (${purpose.maxTotalChargeUsd}) to the minimum that Apify or the Actor sets. If that does not help, the account's credit may be used up: ${billingPage(error)}`,
  rental: (error, purpose) =>
    message`Rent the Actor on its page in Apify Console, which the task links to (${taskPage(error, purpose)}), or run a task of another Actor.`,
  plan: (error) =>
    message`The account's plan does not include this Actor. Choose another plan: ${billingPage(error)}`,
  payment: (error) => message`Check the account's payment method: ${billingPage(error)}`,
  accountlessPayment: ({ setup }) =>
    message`Apify requested a payment for this one request, as it does from callers without an account. Check that ${setup.tokenFrom} is the token of an account that may run the Actor.`,
  billing: (error) => message`See the account's billing: ${billingPage(error)}`,

  token: (error) =>
    message`Check ${error.setup.tokenFrom}. Apify Console shows the account's tokens: ${tokensPage(error)}`,
  permissions,
  permissionsOrPlan: (error) =>
    message`Check what the token of ${error.setup.tokenFrom} may do, and the plan and the limits of its account: ${billingPage(error)}`,
  actorApproval: (error, purpose) =>
    message`The Actor's permissions need approval in Apify Console. Open the task there and start it once: ${taskPage(error, purpose)}`,
  account: ({ setup }) =>
    message`Apify has restricted the account of ${setup.tokenFrom}. Its settings may say why: ${setup.consoleUrl}/settings`,

  missingActor,
  missingResource,
  baseUrl: ({ setup }) =>
    message`Check ${setup.baseUrlFrom} (${setup.baseUrl}): the server at this address does not know the request.`,

  missingBuild: (_error, purpose) =>
    message`Check build "${purpose?.build ?? "(the task's own)"}": the Actor has no such build.`,
  unusableBuild: (_error, purpose) =>
    message`Build "${purpose?.build ?? "(the task's own)"}" of the Actor cannot be run. Build the Actor again, or set build to another tag or number.`,
  disabledActor: (error, purpose) =>
    message`The Actor is disabled. Ask its author or Apify's support, or run a task of another Actor: ${taskPage(error, purpose)}`,
  metamorph: () =>
    message`The Actor tried to continue as another Actor (a metamorph), and Apify did not allow it. Ask the Actor's author.`,

  input: ({ apifyMessage }) => {
    const field = /\binput((\.[\w$-]+|\[[^\]]*\])+)/.exec(apifyMessage)?.[0];
    return field === undefined
      ? message`Correct the argument input, or the task's saved input where the argument omits a field.`
      : message`Correct ${field}, in the argument input or, if that omits it, in the task's saved input.`;
  },
  inputSize: () =>
    message`Send less: put large data into a key-value store or a dataset, and pass its id in the input.`,
  arguments: () =>
    message`Check the arguments of the TaskRun. If they are right, report this as a bug of pulumi-apify.`,
  runningRun: () => message`The run has not ended. Abort it or wait for its end, and try again.`,
  failedRun: ({ setup }) => message`See the run in Apify Console: ${setup.consoleUrl}/actors/runs`,

  proxyLogin: () =>
    message`The proxy requires a user and a password. Add them to its address in HTTPS_PROXY or HTTP_PROXY.`,
  notApify: ({ setup }) => notApify(setup),
  notApifyOrMissing: (error, purpose) =>
    sentences(missingResource(error, purpose), notApify(error.setup)),
  other: ({ setup }) =>
    message`If Apify's message does not help, see the account in Apify Console (${setup.consoleUrl}), or ask Apify's support.`,
};
