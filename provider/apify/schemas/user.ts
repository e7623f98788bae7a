import { z } from "zod";
import { requiredId } from "./tolerant";

/** The account of a token. This package reads its id. Source: https://docs.apify.com/api/v2/users-me-get */
export const userSchema = z.looseObject({ id: requiredId });

/** An account. */
export type User = z.infer<typeof userSchema>;
