import { ApiError, invalidValue } from "../http/errors";
import type { IncomingHttpHeaders } from "node:http";
import type { Answer } from "../http/answer";
import type { User } from "../state/entities";

/** A request for a page, as its handler gets it. */
export interface PageRequest {
  readonly pathname: string;
  readonly query: URLSearchParams;
  readonly params: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
  /** The account that the browser has signed in to. */
  readonly user: User | undefined;
}

/** A form that was sent. */
export interface FormRequest extends PageRequest {
  readonly form: URLSearchParams;
}

/** A form that somebody sent who has signed in. */
export interface SignedInRequest extends FormRequest {
  readonly user: User;
}

/** One page, or what the forms of a page are sent to. */
export interface PageRoute {
  readonly method: "GET" | "POST";
  /** Such as `/actors/runs/:id`. */
  readonly pattern: string;
  readonly handle: (request: FormRequest) => Answer | Promise<Answer>;
}

/** A page. It needs no token, and changes nothing. */
export function page(pattern: string, handle: (request: PageRequest) => Answer): PageRoute {
  return { method: "GET", pattern, handle };
}

/** What a form does that only somebody who has signed in may send. */
export function action(pattern: string, handle: (request: SignedInRequest) => Answer): PageRoute {
  return {
    method: "POST",
    pattern,
    handle: (request) => {
      const { user } = request;
      if (user === undefined) {
        const message = "Sign in with the token of an account, then try again.";
        throw new ApiError("token-not-provided", { message });
      }
      return handle({ ...request, user });
    },
  };
}

/** Throws a 403 unless the signed-in account owns what the form changes. */
export function requireOwner(request: SignedInRequest, owner: User | undefined): void {
  if (owner === undefined || owner.id === request.user.id) return;
  const message =
    `You have signed in as ${request.user.username}, but this belongs to ${owner.username}. ` +
    `Sign in with the token of ${owner.username}.`;
  throw new ApiError("insufficient-permissions", { status: 403, message });
}

/** A text from a form, without spaces around it; undefined if the field was left empty. */
export function textField({ form }: FormRequest, name: string): string | undefined {
  const text = form.get(name)?.trim() ?? "";
  return text === "" ? undefined : text;
}

/** A number from a form; undefined if the field was left empty. */
export function numberField(
  request: FormRequest,
  name: string,
  { called, min = 0 }: { called: string; min?: number },
): number | undefined {
  const text = textField(request, name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isFinite(value) && value >= min) return value;
  throw invalidValue(`${called} must be a number of at least ${min}, but it is "${text}".`);
}

/** The number of items before this page of a list. */
export function offsetOf({ query }: PageRequest): number {
  const offset = Number(query.get("offset") ?? "0");
  return Number.isSafeInteger(offset) && offset > 0 ? offset : 0;
}
