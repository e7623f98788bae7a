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
  message`The proxy requires a user and a password. Add them to its address in HTTPS_PROXY or HTTP_PROXY.`;

/** An answer that names no type may be that of something in between: a proxy, a firewall, another server. */
const checkWhoAnswered: Advice = ({ setup }) =>
  message`The answer does not look like one of Apify's. Check ${setup.baseUrlFrom} (${setup.baseUrl}). If you use a proxy, check ${proxyVariables}.`;

const checkPath: Advice = (error, purpose) =>
  sentences(checkWhatIsMissing(error, purpose), checkWhoAnswered(error, purpose));

const checkAccount: Advice = ({ setup }) =>
  message`Check what the token of ${setup.tokenFrom} may do, and the plan and the limits of its account: ${setup.consoleUrl}/billing`;

const proxyVariables = message`HTTPS_PROXY, HTTP_PROXY and NO_PROXY`;

function onNoAnswer({ kind, fault, setup }: ApifyNoAnswerError): Message {
  if (fault !== undefined) return onFault[fault](setup);
  const { baseUrl, baseUrlFrom } = setup;
  if (kind === "unreachable" && isLoopback(baseUrl)) {
    return message`Is the local Apify running (\`npm run emulator\` in a checkout of pulumi-apify)? If it is, check ${baseUrlFrom} (${baseUrl}).`;
  }
  const network = message`Check ${baseUrlFrom} (${baseUrl}) and the network. If you use a proxy, check ${proxyVariables}.`;
  return kind === "noAnswer" && baseUrl.startsWith("http:")
    ? sentences(network, message`If the server accepts only HTTPS, write https:// in the address.`)
    : network;
}

const onFault: Readonly<Record<ConnectionFault, (setup: AccountSetup) => Message>> = {
  certificate: ({ baseUrl }) =>
    message`Node.js does not trust the authority that signed the certificate of ${baseUrl}. Set NODE_EXTRA_CA_CERTS to a file with that authority's certificate; behind a company proxy, it is the proxy's.`,
  certificateHost: ({ baseUrl, baseUrlFrom }) =>
    message`The certificate is for another host. Check ${baseUrlFrom} (${baseUrl}).`,
  certificateDate: ({ baseUrl }) =>
    message`${baseUrl} needs a new certificate, unless the clock of this machine is wrong.`,
  tls: ({ baseUrl, baseUrlFrom }) =>
    message`The server at ${baseUrl} does not answer in TLS. If it speaks plain HTTP, write http:// instead of https:// in ${baseUrlFrom}. Otherwise check the port. If you use a proxy, check ${proxyVariables}.`,
  malformed: ({ baseUrl, baseUrlFrom }) =>
    message`The server at ${baseUrl} does not answer in HTTP. Check the port and the scheme in ${baseUrlFrom}; a server that speaks TLS needs https://. If you use a proxy, check ${proxyVariables}.`,
  redirects: ({ baseUrlFrom }) =>
    message`Set ${baseUrlFrom} to the address of the API itself, to which no redirect leads.`,
  address: ({ baseUrl, baseUrlFrom }) =>
    message`Check ${baseUrlFrom} (${baseUrl}). If you use a proxy, check its address in ${proxyVariables}.`,
  size: () => message`Ask for less at a time. For the items of a dataset, set limit and fields.`,
};
