/**
 * What is wrong with a connection that will be wrong the next time too: nobody has to wait for it, and
 * somebody has to set something.
 */
export type ConnectionFault =
  /** Nobody whom Node.js trusts has signed the server's certificate. */
  | "certificate"
  /** The certificate is for another host. */
  | "certificateHost"
  /** The certificate is not valid any more, or not yet. */
  | "certificateDate"
  /** The other side does not speak TLS, or none that this Node.js speaks. */
  | "tls"
  /** The answer is not proper HTTP, or its headers are too long. */
  | "malformed"
  /** It redirects, and what it redirects to does so too. */
  | "redirects"
  /** The address is none. */
  | "address"
  /** The answer has more bytes than are read. */
  | "size";

/** Node's and OpenSSL's codes: https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const faults: readonly (readonly [codes: RegExp, fault: ConnectionFault])[] = [
  [/^(ERR_TLS_CERT_ALTNAME_|HOSTNAME_MISMATCH)/, "certificateHost"],
  [/^(CERT_HAS_EXPIRED|CERT_NOT_YET_VALID)$/, "certificateDate"],
  [
    /^(CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_TLS_CERT_|ERROR_IN_C|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED)/,
    "certificate",
  ],
  [
    /^(EPROTO$|ERR_SSL_(WRONG_VERSION|UNKNOWN_PROTOCOL|UNSUPPORTED_PROTOCOL|NO_PROTOCOLS|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|HTTPS_PROXY_REQUEST)|ERR_SSL_\w*ALERT_(HANDSHAKE_FAILURE|PROTOCOL_VERSION|CERTIFICATE_REQUIRED|INSUFFICIENT_SECURITY))/,
    "tls",
  ],
  [/^HPE_/, "malformed"],
  [/^ERR_FR_(TOO_MANY_REDIRECTS|REDIRECTION_FAILURE)$/, "redirects"],
  [/^(ERR_INVALID_URL|ERR_INVALID_PROTOCOL|ERR_UNESCAPED_CHARACTERS)$/, "address"],
];

/** The parser gives up for these reasons, too, when the connection breaks off within an answer. */
const passing = /^HPE_(INVALID_EOF_STATE|CLOSED_CONNECTION)$/;

/** A broken record of TLS comes with Node's general code, and has come through a working connection. */
const brokenRecord = /bad record mac|decryption failed/i;

/** What is lastingly wrong with a connection that failed with this code of Node's; `undefined` for what may pass. */
export function faultOf(code: string | undefined, reason: string): ConnectionFault | undefined {
  if (code === undefined || passing.test(code) || brokenRecord.test(reason)) return undefined;
  return faults.find(([codes]) => codes.test(code))?.[1];
}

/** Whether a URL leads to this machine itself. */
export function isLoopback(url: string): boolean {
  const host = URL.canParse(url) ? new URL(url).hostname : "";
  return /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\]|0\.0\.0\.0|\[::\])$/.test(host);
}
