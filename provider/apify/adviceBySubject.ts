import { message, sentences } from "./message";
import type { ApifyError } from "./errors";
import type { ErrorSubject } from "./errorTypes";
import type { Message } from "./message";
import type { AccountSetup } from "./accountSetup";

/** The failed request of a start, and the arguments that the advice depends on. */
export interface StartPurpose {
  /** `listRuns`: the list of the task's runs, which is read before a start. */
  readonly what: "start" | "listRuns";
  readonly actorTaskId: string;
  readonly build?: string | undefined;
  readonly maxItems?: number | undefined;
  readonly maxTotalChargeUsd?: number | undefined;
}

/** Advises the user what to do about an error response. `purpose` is `undefined` for a request that is not part of a start. */
export type Advice = (error: ApifyError, purpose: StartPurpose | undefined) => Message;

const billingPage = ({ setup }: ApifyError): Message => message`${setup.consoleUrl}/billing`;
const tokensPage = ({ setup }: ApifyError): Message =>
  message`${setup.consoleUrl}/settings/integrations`;

/** The task's page, or the list of tasks if only the task's name is known: Console's addresses take ids. */
const taskPage = ({ setup }: ApifyError, purpose: StartPurpose | undefined): Message =>
  purpose === undefined || purpose.actorTaskId.includes("~")
    ? message`${setup.consoleUrl}/actors/tasks`
    : message`${setup.consoleUrl}/actors/tasks/${purpose.actorTaskId}`;

/** The environment variables that set a proxy. */
export const proxyVariables = message`HTTPS_PROXY, HTTP_PROXY and NO_PROXY`;

const freeRuns: Advice = (error) =>
  message`Wait until other runs of the account have ended, or raise its limit of concurrent runs (${billingPage(error)}). Then run \`pulumi up\` again. If other runs take long, set a higher \`startWaitSecs\`.`;

const tryLater: Advice = () =>
  message`Try again later; https://status.apify.com shows whether Apify has a problem.`;

/** Apify sets the option to the rest of the credit, and refuses it when that is too low. */
function creditIsUsedUp(error: ApifyError, option: string): Message {
  return message`The program does not set \`${option}\`, so there are two possible causes: the value that is saved in the task is too low, or the account's credit is used up. Set \`${option}\` in the program, or add credit: ${billingPage(error)}`;
}

const missingActor: Advice = (error, purpose) =>
  purpose === undefined
    ? message`The Actor was deleted, or the account that the token in ${error.setup.tokenFrom} belongs to can no longer see it. Check the token, or run a task of another Actor.`
    : message`Task "${purpose.actorTaskId}" exists, but its Actor does not: it was deleted, or the account that the token in ${error.setup.tokenFrom} belongs to can no longer see it. Check the task (${taskPage(error, purpose)}), or set \`actorTaskId\` to a task of another Actor.`;

const missingResource: Advice = (error, purpose) => {
  if (/^Actor (was )?not found/i.test(error.apifyMessage)) return missingActor(error, purpose);
  const { tokenFrom } = error.setup;
  if (purpose === undefined) {
    return message`It was deleted, or the account that the token in ${tokenFrom} belongs to cannot see it. Check the id and the token.`;
  }
  const { actorTaskId } = purpose;
  return sentences(
    message`Check \`actorTaskId\` "${actorTaskId}", and that the account that the token in ${tokenFrom} belongs to can see this task.`,
    actorTaskId.includes("~")
      ? message``
      : message`"${actorTaskId}" is read as the id of a task. If it is a name, write "~${actorTaskId}" for a task of your own, or "username~${actorTaskId}".`,
  );
};

const permissions: Advice = (error, purpose) => {
  const why =
    purpose?.what === "listRuns"
      ? message`The token is not permitted to list the task's runs, and without that list the task might run twice.`
      : message``;
  return sentences(
    why,
    message`The token in ${error.setup.tokenFrom} needs "Read" and "View runs" on the task, "Run" and "View runs" on its Actor, and access to the run's storages.`,
    message`Set its permissions in Apify Console: ${tokensPage(error)}`,
  );
};

/** For a response without a type, which may come from a proxy, a firewall or another server. */
const notApify = ({ baseUrl, baseUrlFrom }: AccountSetup): Message =>
  message`The response does not seem to come from Apify. Check ${baseUrlFrom} (${baseUrl}). If you use a proxy, check ${proxyVariables}.`;

/** The advice on each subject. */
export const adviceBySubject: Readonly<Record<ErrorSubject, Advice>> = {
  memory: (error) =>
    message`Wait until other runs of the account have ended, lower \`memoryMbytes\`, or raise the account's memory limit (${billingPage(error)}). Then run \`pulumi up\` again. If other runs take long, set a higher \`startWaitSecs\`.`,
  concurrentRuns: freeRuns,
  startCapacity: freeRuns,
  rate: () =>
    message`Apify received too many requests at once. Try again in a minute, with fewer resources at a time: \`pulumi up --parallel 4\`.`,
  conflict: tryLater,
  interruption: tryLater,
  apifyProblem: tryLater,

  usageLimit: (error) =>
    message`Unless Apify gives another reason, the account has reached its monthly usage limit. Raise it (${billingPage(error)}), or wait for the next billing cycle.`,
  accountLimit: (error) =>
    message`The account has reached one of its limits. Check which one, and raise it: ${billingPage(error)}`,
  credit: (error) =>
    message`This is a paid Actor, and the account has too little credit left for it. Add credit, or choose a larger plan: ${billingPage(error)}`,
  maxItems: (error, purpose) =>
    purpose?.maxItems === undefined
      ? creditIsUsedUp(error, "maxItems")
      : message`Raise \`maxItems\`, which is ${purpose.maxItems}. If that does not help, check whether the account's credit is used up: ${billingPage(error)}`,
  maxTotalCharge: (error, purpose) =>
    purpose?.maxTotalChargeUsd === undefined
      ? creditIsUsedUp(error, "maxTotalChargeUsd")
      : message`Raise \`maxTotalChargeUsd\`, which is ${purpose.maxTotalChargeUsd}, to at least the minimum that Apify or the Actor sets. If that does not help, check whether the account's credit is used up: ${billingPage(error)}`,
  rental: (error, purpose) =>
    message`Rent the Actor in Apify Console: open the task (${taskPage(error, purpose)}), and from there its Actor. Or set \`actorTaskId\` to a task of another Actor.`,
  plan: (error) =>
    message`The account's plan does not include this Actor. Choose another plan: ${billingPage(error)}`,
  payment: (error) => message`Check the account's payment method: ${billingPage(error)}`,
  accountlessPayment: ({ setup }) =>
    message`Apify asked for a payment for this single request, as it does when a caller has no account. Check that the token in ${setup.tokenFrom} belongs to an account that may run the Actor.`,
  billing: (error) => message`Check the account's billing: ${billingPage(error)}`,

  token: (error) =>
    message`Check the token in ${error.setup.tokenFrom}. Apify Console shows the account's tokens: ${tokensPage(error)}`,
  permissions,
  permissionsOrPlan: (error) =>
    message`Check what the token in ${error.setup.tokenFrom} is permitted to do, and the plan and the limits of the account that it belongs to: ${tokensPage(error)} and ${billingPage(error)}`,
  actorApproval: (error, purpose) =>
    message`The Actor's permissions need approval in Apify Console. Open the task there and start it once: ${taskPage(error, purpose)}`,
  account: ({ setup }) =>
    message`Apify has restricted the account that the token in ${setup.tokenFrom} belongs to. If its settings (${setup.consoleUrl}/settings) do not show the reason, ask Apify's support.`,

  missingActor,
  missingResource,
  baseUrl: ({ setup }) =>
    message`Check ${setup.baseUrlFrom} (${setup.baseUrl}): the server at this address does not support this request.`,

  missingBuild: (_error, purpose) =>
    purpose?.build === undefined
      ? message`The Actor does not have the build that the task uses. Correct the task, or set \`build\` to a tag or number that the Actor has.`
      : message`The Actor has no build "${purpose.build}". Set \`build\` to a tag or number that the Actor has.`,
  unusableBuild: (_error, purpose) =>
    sentences(
      purpose?.build === undefined
        ? message`The Actor's build that the task uses cannot be run.`
        : message`Build "${purpose.build}" of the Actor cannot be run.`,
      message`Build the Actor again, or set \`build\` to another tag or number.`,
    ),
  disabledActor: (error, purpose) =>
    message`The Actor is disabled. Ask its author or Apify's support, or run a task of another Actor: ${taskPage(error, purpose)}`,
  metamorph: () =>
    message`The Actor tried to continue as another Actor (a metamorph), and Apify did not allow it. Ask the Actor's author.`,

  input: ({ apifyMessage }) => {
    const field = /\binput((\.[\w$-]+|\[[^\]]*\])+)/.exec(apifyMessage)?.[0];
    return field === undefined
      ? message`Correct the argument \`input\` or, for a field that it omits, the task's saved input.`
      : message`Correct \`${field}\`, in the argument \`input\` or, if that omits it, in the task's saved input.`;
  },
  inputSize: () =>
    message`Send less: put large data into a key-value store or a dataset, and pass its id in the input.`,
  arguments: () =>
    message`Check the arguments of the resource. If they are right, this is a bug in pulumi-apify: report it with this message.`,
  takenName: () => message`Choose another \`name\`.`,
  runningRun: () => message`The run has not ended. Abort it or wait until it ends, then try again.`,
  failedRun: ({ setup }) => message`See the run in Apify Console: ${setup.consoleUrl}/actors/runs`,

  proxyLogin: () =>
    message`The proxy requires a user name and a password. Add them to its address in HTTPS_PROXY or HTTP_PROXY: http://user:password@host:port`,
  notApify: ({ setup }) => notApify(setup),
  notApifyOrMissing: (error, purpose) =>
    sentences(missingResource(error, purpose), notApify(error.setup)),
  other: ({ setup }) =>
    message`If Apify's message does not help, see the account in Apify Console (${setup.consoleUrl}), or ask Apify's support.`,
};
