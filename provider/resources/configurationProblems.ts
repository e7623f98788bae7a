import { messageOf } from "../apify/errors";
import type { ResourceContext } from "./resourceContext";
import type { Problem } from "./validate";

/** Problems of the configuration. They concern no property. */
export function configurationProblems(
  context: Pick<ResourceContext, "account" | "isUnknown">,
  { account }: Record<string, unknown>,
): readonly Problem[] {
  if (context.isUnknown(account)) return [];
  try {
    context.account(typeof account === "string" ? account : undefined);
    return [];
  } catch (error) {
    return [{ property: "", reason: messageOf(error) }];
  }
}
