/** A fault of the connection that retrying cannot mend: the user must change a setting. */
export type ConnectionFault =
  /** The server's certificate is not signed by an authority that Node.js trusts. */
  | "certificate"
  /** The certificate is for another host. */
  | "certificateHost"
  /** The certificate has expired, or is not valid yet. */
  | "certificateDate"
  /** The server does not speak TLS, or no version that this Node.js speaks. */
  | "tls"
  /** The response is not valid HTTP, or its headers are too long. */
  | "malformed"
  /** The server redirected too often, or redirected a request that must not be repeated elsewhere. */
  | "redirects"
  /** The address is invalid. */
  | "address"
  /** The response is too large. */
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

/** The parser also reports these codes when the connection breaks in the middle of a response. */
const transient = /^HPE_(INVALID_EOF_STATE|CLOSED_CONNECTION)$/;

/** Node reports a corrupted TLS record with a general TLS code, although the connection worked. */
const brokenRecord = /bad record mac|decryption failed/i;

/** The fault behind a failure with this error code from Node; `undefined` if a retry may succeed. */
export function faultOf(code: string | undefined, reason: string): ConnectionFault | undefined {
  if (code === undefined || transient.test(code) || brokenRecord.test(reason)) return undefined;
  return faults.find(([codes]) => codes.test(code))?.[1];
}
