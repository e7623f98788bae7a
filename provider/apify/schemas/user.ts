import { z } from "zod";

/** The account of a token, of which this package reads whose it is. Source: https://docs.apify.com/api/v2/users-me-get */
export const userSchema = z.looseObject({ id: z.string() });

/** An account. */
export type User = z.infer<typeof userSchema>;
