import { z } from "zod";

/** The account of a token. Source: https://docs.apify.com/api/v2/users-me-get */
export const userSchema = z.looseObject({ id: z.string() });

export type User = z.infer<typeof userSchema>;
