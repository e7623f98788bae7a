import type { Account } from "./account";

/** Whether something that the token cannot find belongs to another user. False if that cannot be checked. */
export async function isOfOtherAccount(
  { client }: Account,
  { userId }: { readonly userId?: string | undefined },
): Promise<boolean> {
  if (!userId) return false;
  try {
    return (await client.getUser()).id !== userId;
  } catch {
    return false;
  }
}
