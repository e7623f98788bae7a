import { isLoopback } from "./urls";
import { adviceBySubject, proxyVariables } from "./adviceBySubject";
import { ApifyError, ApifyNoResponseError } from "./errors";
import { message, sentences } from "./message";
import type { ConnectionFault } from "./connectionFault";
import type { StartPurpose } from "./adviceBySubject";
import type { RequestError } from "./errors";
import type { Message } from "./message";
import type { AccountSetup } from "./accountSetup";

/** Advises the user what to do about an error; empty if nothing is known to help. Omit `purpose` for a request that is not part of a start. */
export function adviceOn(error: RequestError, purpose?: StartPurpose): Message {
  if (error instanceof ApifyError) return onErrorResponse(error, purpose);
  return error instanceof ApifyNoResponseError ? onNoResponse(error) : message``;
}

function onErrorResponse(error: ApifyError, purpose: StartPurpose | undefined): Message {
  const { approvalUrl } = (error.data ?? {}) as { approvalUrl?: unknown };
  return typeof approvalUrl === "string"
    ? message`Approve the Actor's permissions: ${approvalUrl}`
    : adviceBySubject[error.subject](error, purpose);
}

function onNoResponse({ kind, fault, setup }: ApifyNoResponseError): Message {
  if (fault !== undefined) return onFault[fault](setup);
  const { baseUrl, baseUrlFrom } = setup;
  if (kind === "unreachable" && isLoopback(baseUrl)) {
    return message`If the local Apify is not running, start it as before (\`npx pulumi-apify emulator\`): only with the same \`--state\` does it still have your tasks and runs. If it is running, check ${baseUrlFrom} (${baseUrl}).`;
  }
  const network = message`Check ${baseUrlFrom} (${baseUrl}) and the network. If you use a proxy, check ${proxyVariables}.`;
  return kind === "noResponse" && baseUrl.startsWith("http:")
    ? sentences(
        network,
        message`If the server accepts only HTTPS, write https:// instead of http:// in ${baseUrlFrom}.`,
      )
    : network;
}

const onFault: Readonly<Record<ConnectionFault, (setup: AccountSetup) => Message>> = {
  certificate: ({ baseUrl }) =>
    message`Node.js does not trust the certificate authority (CA) that signed the certificate of ${baseUrl}. Set NODE_EXTRA_CA_CERTS to a PEM file with the CA's certificate. Behind a company proxy, that is the certificate of the proxy's CA.`,
  certificateHost: ({ baseUrl, baseUrlFrom }) =>
    message`The certificate is for another host. Check ${baseUrlFrom} (${baseUrl}).`,
  certificateDate: ({ baseUrl }) =>
    message`The certificate of ${baseUrl} has expired or is not valid yet. Check the clock of this machine. If it is right, the server needs a new certificate.`,
  tls: ({ baseUrl, baseUrlFrom }) =>
    message`No TLS connection to ${baseUrl} could be set up. If the server uses plain HTTP, write http:// instead of https:// in ${baseUrlFrom}. Otherwise check the port. If you use a proxy, check ${proxyVariables}.`,
  malformed: ({ baseUrl, baseUrlFrom }) =>
    message`The server at ${baseUrl} did not send a valid HTTP response. Check the port in ${baseUrlFrom}, and write https:// if the server uses TLS. If you use a proxy, check ${proxyVariables}.`,
  redirects: ({ baseUrlFrom }) =>
    message`Set ${baseUrlFrom} to the final address of the API, one that does not redirect.`,
  address: ({ baseUrl, baseUrlFrom }) =>
    message`Check ${baseUrlFrom} (${baseUrl}). If you use a proxy, check its address in ${proxyVariables}.`,
  size: () =>
    message`Request less data at a time. For the items of a dataset, set \`limit\` and \`fields\`.`,
};
