import { z } from "zod";

/** The name of a user, an Actor or a task. */
export const name = z.string().regex(/^[\w.-]+$/, "Use letters, digits, '.', '_' and '-' only.");

/** The id of a user, an Actor, a build or a task. */
export const id = z.string().regex(/^[A-Za-z0-9]+$/, "Use letters and digits only.");
