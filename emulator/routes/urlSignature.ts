import { createHmac } from "node:crypto";

const alphabet = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const hexDigits = 30;

/** A storage that can be read with a signed URL. */
interface Signed {
  readonly id: string;
  readonly urlSigningSecretKey: string;
}

/**
 * The signature of a record's URL. The algorithm is that of Apify's clients:
 * https://github.com/apify/apify-shared-js/blob/master/packages/utilities/src/hmac.ts
 */
export function recordSignature({ urlSigningSecretKey }: Signed, key: string): string {
  const digest = createHmac("sha256", urlSigningSecretKey).update(key).digest("hex");
  return base62(BigInt(`0x${digest.slice(0, hexDigits)}`));
}

/** The signature of the URL of a storage's items or keys. */
export function contentSignature(storage: Signed, expiresAt = 0): string {
  const version = 0;
  const hmac = recordSignature(storage, `${version}.${expiresAt}.${storage.id}`);
  return Buffer.from(`${version}.${expiresAt}.${hmac}`).toString("base64url");
}

/** Whether a signature of the URL of a storage's items or keys is valid and has not expired. */
export function isContentSignature(
  storage: Signed,
  signature: string | null,
  now: number,
): boolean {
  if (signature === null) return false;
  const expiresAt = Number(Buffer.from(signature, "base64url").toString().split(".")[1]);
  const isCurrent = expiresAt === 0 || expiresAt > now;
  return isCurrent && signature === contentSignature(storage, expiresAt);
}

function base62(value: bigint): string {
  let rest = value;
  let text = "";
  do {
    text = alphabet.charAt(Number(rest % 62n)) + text;
    rest /= 62n;
  } while (rest > 0n);
  return text;
}
