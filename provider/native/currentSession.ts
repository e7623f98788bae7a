import { message } from "../apify/message";
import { ProviderError } from "../resources/errors";
import { openSession } from "./session";
import type { Properties } from "../engine/operations";
import type { Session, SessionOptions } from "./session";

/** The session of this process, which the engine opens and may cancel. */
export interface CurrentSession {
  /** Notes where the engine is, before the session is opened. */
  readonly setAddress: (address: string) => void;
  readonly open: (configuration: Properties) => void;
  /** Throws a `ProviderError` before the session is opened. */
  readonly get: () => Session;
  /** Ends all waits. */
  readonly cancel: () => void;
}

/** Creates the place of a session that is not opened yet. */
export function currentSession(options: SessionOptions): CurrentSession {
  let { address } = options;
  let session: Session | undefined;
  return {
    setAddress: (given) => {
      address = given;
    },
    open: (configuration) => {
      session = openSession(configuration, { ...options, address });
    },
    get: () => {
      if (session !== undefined) return session;
      throw new ProviderError(message`Pulumi has not configured the pulumi-apify plugin yet.`);
    },
    cancel: () => {
      session?.cancel();
    },
  };
}
