import { ApifyError, ApifyNoAnswerError } from "./errors";
import { isLoopback } from "./connectionFault";
import {
  askApify,
  checkToken,
  checkWhatIsMissing,
  seeBilling,
  slowDown,
  tryLater,
} from "./errorAdvice";
import { adviceOfGroup, handlingOf } from "./errorTypes";
import { message, sentences } from "./message";
import type { ConnectionFault } from "./connectionFault";
import type { RequestError } from "./errors";
import type { Advice, StartPurpose } from "./errorAdvice";
import type { Message } from "./message";
import type { AccountSetup } from "./setup";

/** What a user can do about an error. `purpose` is left out for a request that is not about a start. */
export function adviceOn(error: RequestError, purpose?: StartPurpose): Message {
  if (error instanceof ApifyError) return onAnswer(error, purpose);
  return error instanceof ApifyNoAnswerError ? onNoAnswer(error) : message``;
}

function onAnswer(error: ApifyError, purpose: StartPurpose | undefined): Message {
  const { approvalUrl } = (error.data ?? {}) as { approvalUrl?: unknown };
  if (typeof approvalUrl === "string") {
    return message`Approve the Actor's permissions: ${approvalUrl}`;
  }
  const advice = handlingOf(error.type)?.advice ?? adviceOfStatus(error);
  return advice(error, purpose);
}

/** What an answer of a type that is not known by name is about. */
function adviceOfStatus({ status, type }: ApifyError): Advice {
  if (status === 401) return checkToken;
  if (status === 402) return seeBilling;
  if (status === 407) return nameTheProxysUser;
  if (status === 408 || status >= 500) return tryLater;
  if (status === 429) return slowDown;
  const ofGroup = adviceOfGroup(type);
  if (ofGroup !== undefined) return ofGroup;
  if (status === 404) return type === undefined ? checkPath : checkWhatIsMissing;
  if (type === undefined) return checkWhoAnswered;
  return status === 403 ? checkAccount : askApify;
}

const nameTheProxysUser: Advice = () =>
  message`The proxy wants a user and a password. Set them in its address: ${proxyVariables}.`;

/** An answer that names no type may be that of something in between: a proxy, a firewall, another server. */
const checkWhoAnswered: Advice = ({ setup }) =>
  message`Apify's own errors have another form. Check ${setup.baseUrlFrom} (${setup.baseUrl}), and the proxy, if there is one: ${proxyVariables}.`;

const checkPath: Advice = (error, purpose) =>
  sentences(checkWhatIsMissing(error, purpose), checkWhoAnswered(error, purpose));

const checkAccount: Advice = ({ setup }) =>
  message`Check what the token of ${setup.tokenFrom} may do, and the plan and the limits of its account: ${setup.consoleUrl}/billing`;

const proxyVariables = message`HTTPS_PROXY (HTTP_PROXY for an http:// address), and NO_PROXY for what needs none`;

function onNoAnswer({ kind, fault, setup }: ApifyNoAnswerError): Message {
  if (fault !== undefined) return onFault[fault](setup);
  const { baseUrl, baseUrlFrom } = setup;
  if (kind === "unreachable" && isLoopback(baseUrl)) {
    return message`Is the local Apify running (\`npm run emulator\` in a checkout of pulumi-apify)? If it is, check ${baseUrlFrom} (${baseUrl}).`;
  }
  const network = message`Check ${baseUrlFrom} (${baseUrl}), the network, and the proxy, if there is one: ${proxyVariables}.`;
  return kind === "noAnswer" && baseUrl.startsWith("http:")
    ? sentences(network, message`A server that speaks TLS alone needs https:// in the address.`)
    : network;
}

const onFault: Readonly<Record<ConnectionFault, (setup: AccountSetup) => Message>> = {
  certificate: ({ baseUrl }) =>
    message`Let Node.js trust who signed the certificate of ${baseUrl}: set NODE_EXTRA_CA_CERTS to a file with the certificate of that authority, of your company's proxy for instance.`,
  certificateHost: ({ baseUrl, baseUrlFrom }) =>
    message`The certificate is for another host. Check ${baseUrlFrom} (${baseUrl}).`,
  certificateDate: ({ baseUrl }) =>
    message`${baseUrl} needs a new certificate, unless the clock of this machine is wrong.`,
  tls: ({ baseUrl, baseUrlFrom }) =>
    message`What is at ${baseUrl} does not speak TLS as expected. If it is plain HTTP, write http:// in place of https:// in ${baseUrlFrom}; else check the port, and the proxy: ${proxyVariables}.`,
  malformed: ({ baseUrl, baseUrlFrom }) =>
    message`What is at ${baseUrl} does not answer in proper HTTP. Check the port and the scheme in ${baseUrlFrom} (a server that speaks TLS needs https://), and the proxy, if there is one: ${proxyVariables}.`,
  redirects: ({ baseUrlFrom }) =>
    message`Set ${baseUrlFrom} to the address where the API itself is.`,
  address: ({ baseUrl, baseUrlFrom }) =>
    message`Check ${baseUrlFrom} (${baseUrl}), and the proxy's address, if there is one: ${proxyVariables}.`,
  size: () => message`Ask for less at a time; for the items of a dataset, with limit and fields.`,
};
