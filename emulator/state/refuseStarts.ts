import type { Actor, User } from "./entities";
import type { Refusal } from "./refusal";

/** Lets an account or an Actor refuse every start from now on, or none. */
export function refuseStartsOf(subject: Actor | User, refusal: Refusal | undefined): void {
  subject.refusal = refusal;
}
