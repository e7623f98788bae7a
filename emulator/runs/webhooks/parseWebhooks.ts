import { ApiError, invalidValue } from "../../http/errors";
import { isObject, parseJson } from "../../json";
import { webhookSchema } from "../../state/webhookSchema";
import { filledTemplate } from "./template";
import type { AdHocWebhook } from "../../state/webhook";

/** More would let one request start any number of deliveries. */
const maxWebhooks = 100;

/** The ad-hoc webhooks of a query: the Base64 encoding of a JSON array. */
export function parseWebhooks(text: string | null): AdHocWebhook[] {
  if (text === null || text === "") return [];
  // URLSearchParams decodes an unescaped "+" as a space.
  const decoded = Buffer.from(text.replaceAll(" ", "+"), "base64").toString("utf8");
  const webhooks = parsed(decoded);
  if (!Array.isArray(webhooks)) {
    throw invalidValue('Parameter "webhooks" must be a Base64-encoded JSON array');
  }
  if (webhooks.length > maxWebhooks) {
    throw invalidValue(`Parameter "webhooks" must have at most ${maxWebhooks} items`);
  }
  return webhooks.map(checkedWebhook);
}

function checkedWebhook(given: unknown): AdHocWebhook {
  const result = webhookSchema.safeParse(given);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw invalidWebhook(issue?.message ?? "The webhook is not valid.");
  }
  const webhook = result.data;
  const { payloadTemplate, headersTemplate, shouldInterpolateStrings } = webhook;
  const strings = shouldInterpolateStrings === true ? "interpolated" : "kept";
  for (const template of [payloadTemplate, headersTemplate]) {
    if (isTemplate(template)) checkTemplate(template, strings);
  }
  return webhook;
}

function checkTemplate(template: string, strings: "interpolated" | "kept"): void {
  try {
    filledTemplate(template, { variables: {}, strings });
  } catch (error) {
    throw invalidWebhook((error as Error).message);
  }
}

/** Whether a webhook has a template; an empty one counts as none. */
export function isTemplate(template: string | null | undefined): template is string {
  return template !== undefined && template !== null && template.trim() !== "";
}

/** The headers of a template that has been filled in; only strings can be headers. */
export function headersIn(value: unknown): Record<string, string> {
  const entries = Object.entries(isObject(value) ? value : {});
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

function invalidWebhook(message: string): ApiError {
  return new ApiError("schema-validation", { message });
}

function parsed(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
