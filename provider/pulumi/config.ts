import { lines, message } from "../apify/message";
import { z } from "zod";
import { TaskRunError } from "../lifecycle/errors";
import { defaultBaseUrl, defaultConsoleUrl, normalizeBaseUrl } from "../apify/urls";

/** The stack's configuration and the process's environment, one key at a time. */
export interface Settings {
  config(key: string): string | undefined;
  environment(name: string): string | undefined;
}

/** How to reach Apify. */
export interface Config {
  readonly token: string;
  readonly baseUrl: string;
  readonly consoleUrl: string;
}

/**
 * Reads the configuration of the account that `apify:token` stands for, or of the one of this name
 * in `apify:accounts`. A key of the stack wins over the environment. Throws a `TaskRunError` that
 * names what to set.
 */
export function readConfig(settings: Settings, accountName?: string): Config {
  const baseUrl = url(settings, "apify:baseUrl", "APIFY_API_BASE_URL", defaultBaseUrl);
  const consoleUrl = url(settings, "apify:consoleUrl", "APIFY_CONSOLE_URL", defaultConsoleUrl);
  if (accountName === undefined) return { token: readToken(settings), baseUrl, consoleUrl };
  const account = namedAccount(settings, accountName);
  return { token: account.token, baseUrl: account.baseUrl ?? baseUrl, consoleUrl };
}

function readToken(settings: Settings): string {
  const token = setting(settings, "apify:token", "APIFY_TOKEN");
  if (token === undefined) {
    throw new TaskRunError(
      lines(
        message`There is no Apify API token. Set it with \`pulumi config set --secret apify:token <token>\` or in APIFY_TOKEN;`,
        message`you find yours at ${defaultConsoleUrl}/settings/integrations.`,
        message`To try the provider without an account, run the local emulator (\`npm run emulator\` in a checkout of pulumi-apify).`,
      ),
    );
  }
  if (isToken(token)) return token;
  throw new TaskRunError(
    message`apify:token (or APIFY_TOKEN) holds characters that no token has, such as a space or a line break. Set it again.`,
  );
}

function url(settings: Settings, key: string, variable: string, otherwise: string): string {
  const text = setting(settings, key, variable);
  if (text === undefined) return otherwise;
  const normalized = normalizeBaseUrl(text);
  if (normalized !== undefined) return normalized;
  throw new TaskRunError(
    message`${key} (or ${variable}) is "${text}", which is no http(s) URL. The default is ${otherwise}.`,
  );
}

function setting(settings: Settings, key: string, variable?: string): string | undefined {
  const value = settings.config(key)?.trim() ?? "";
  if (value !== "") return value;
  if (variable === undefined) return undefined;
  const fallback = settings.environment(variable)?.trim() ?? "";
  return fallback === "" ? undefined : fallback;
}

/** What a header can carry. */
function isToken(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text);
}

const accountsSchema = z.record(
  z.string(),
  z.strictObject({
    token: z.string().refine(isToken),
    baseUrl: z.string().optional(),
  }),
);

/** An entry of `apify:accounts`. The errors show names alone: the values are secret. */
function namedAccount(settings: Settings, name: string): { token: string; baseUrl?: string } {
  const text = setting(settings, "apify:accounts");
  const howToSet = `Set it with \`pulumi config set --secret --path 'apify:accounts.${name}.token' <token>\`.`;
  if (text === undefined) {
    throw new TaskRunError(
      message`There is no account "${name}": apify:accounts is not set. ${howToSet}`,
    );
  }
  const accounts = accountsSchema.safeParse(parseJson(text));
  if (!accounts.success) {
    const where = accounts.error.issues[0]?.path.join(".") ?? "";
    throw new TaskRunError(
      message`apify:accounts must be an object of accounts, each with a token and perhaps a baseUrl; look at ${where === "" ? "the whole" : `"${where}"`}. ${howToSet}`,
    );
  }
  const account = Object.hasOwn(accounts.data, name) ? accounts.data[name] : undefined;
  if (account === undefined) {
    const known = Object.keys(accounts.data).join(", ");
    throw new TaskRunError(
      message`There is no account "${name}" in apify:accounts, only: ${known}. ${howToSet}`,
    );
  }
  if (account.baseUrl === undefined) return { token: account.token };
  const baseUrl = normalizeBaseUrl(account.baseUrl);
  if (baseUrl !== undefined) return { token: account.token, baseUrl };
  throw new TaskRunError(
    message`The baseUrl of account "${name}" in apify:accounts is no http(s) URL.`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
