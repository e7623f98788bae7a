import type { ErrorType } from "../http/errorTypes";
import type { JsonObject } from "../json";

/** The error of a start that is refused. */
export interface Refusal {
  readonly type: ErrorType;
  /** 400 to 599. @default that of the type */
  readonly status?: number | undefined;
  /** @default that of the type */
  readonly message?: string | undefined;
  readonly data?: JsonObject | undefined;
}
