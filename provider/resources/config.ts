import { lines, message } from "../apify/message";
import { z } from "zod";
import { ConfigurationError } from "./errors";
import { defaultBaseUrl, defaultConsoleUrl, normalizeBaseUrl } from "../apify/urls";
import type { AccountSetup } from "../apify/accountSetup";

/** Reads the stack's configuration and the process's environment, one key at a time. */
export interface Settings {
  config(key: string): string | undefined;
  environment(name: string): string | undefined;
}

/** How to reach an Apify account, and where the user configured it. */
export interface Config extends AccountSetup {
  readonly token: string;
}

/** A value, and the configuration key or environment variable that it came from. */
interface Setting {
  readonly value: string;
  readonly from: string;
}

/**
 * Reads the configuration of an account: the entry with this name in `apify:accounts`, or the default
 * account of `apify:token`. A key of the stack takes precedence over the environment. Throws a `ConfigurationError`.
 */
export function readConfig(settings: Settings, accountName?: string): Config {
  const base = url(settings, "apify:baseUrl", "APIFY_API_BASE_URL", defaultBaseUrl);
  const console = url(settings, "apify:consoleUrl", "APIFY_CONSOLE_URL", defaultConsoleUrl);
  const account = accountName === undefined ? undefined : namedAccount(settings, accountName);
  const token = account?.token ?? readToken(settings);
  const { value: baseUrl, from: baseUrlFrom } = account?.baseUrl ?? base;
  return {
    token: token.value,
    tokenFrom: token.from,
    baseUrl,
    baseUrlFrom,
    consoleUrl: console.value,
  };
}

function readToken(settings: Settings): Setting {
  const token = setting(settings, "apify:token", "APIFY_TOKEN");
  if (token === undefined) {
    throw new ConfigurationError(
      lines(
        message`No Apify API token is set. Set it with \`pulumi config set --secret apify:token <token>\`, or in the environment variable APIFY_TOKEN.`,
        message`Find your token at ${defaultConsoleUrl}/settings/integrations.`,
        message`To try the provider without an account, run the local Apify (\`npx pulumi-apify emulator\`), and paste the lines that it prints into this terminal.`,
      ),
    );
  }
  if (isToken(token.value)) return { ...token, from: withOverridden(token, settings) };
  throw new ConfigurationError(
    message`${token.from} is not a valid token: it contains a space, a line break or another character that tokens cannot contain. Set it again.`,
  );
}

/** Where a token is from. It also names an APIFY_TOKEN that is overridden: it may be the one that was meant. */
function withOverridden({ value, from }: Setting, settings: Settings): string {
  const other = settings.environment("APIFY_TOKEN")?.trim() ?? "";
  return other === "" || other === value ? from : `${from} (which overrides APIFY_TOKEN)`;
}

function url(settings: Settings, key: string, variable: string, fallback: string): Setting {
  const given = setting(settings, key, variable);
  if (given === undefined) return { value: fallback, from: `${key} or ${variable}` };
  const value = normalizeBaseUrl(given.value);
  if (value !== undefined) return { value, from: given.from };
  throw new ConfigurationError(
    message`${given.from} is "${given.value}", which is not an http(s) URL. Correct it, or remove it to use the default, ${fallback}.`,
  );
}

function setting(settings: Settings, key: string, variable?: string): Setting | undefined {
  const value = settings.config(key)?.trim() ?? "";
  if (value !== "") return { value, from: key };
  if (variable === undefined) return undefined;
  const ofEnvironment = settings.environment(variable)?.trim() ?? "";
  return ofEnvironment === "" ? undefined : { value: ofEnvironment, from: variable };
}

/** Whether a text can be sent in an HTTP header. */
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

/** An entry of `apify:accounts`. Its errors show names only, since the values are secret. */
function namedAccount(settings: Settings, name: string): { token: Setting; baseUrl?: Setting } {
  const text = setting(settings, "apify:accounts")?.value;
  const howToSet = `Set it with \`pulumi config set --secret --path 'apify:accounts.${name}.token' <token>\`.`;
  if (text === undefined) {
    throw new ConfigurationError(
      message`Account "${name}" is not configured: apify:accounts is not set. ${howToSet}`,
    );
  }
  const accounts = accountsSchema.safeParse(parseJson(text));
  if (!accounts.success) {
    const where = accounts.error.issues[0]?.path.join(".") ?? "";
    throw new ConfigurationError(
      message`apify:accounts must be a JSON object of accounts, each with a token and, optionally, a baseUrl, but ${where === "" ? "it is not such an object" : `"${where}" is not valid`}. ${howToSet}`,
    );
  }
  const account = Object.hasOwn(accounts.data, name) ? accounts.data[name] : undefined;
  if (account === undefined) {
    const names = Object.keys(accounts.data).join(", ");
    throw new ConfigurationError(
      message`Account "${name}" is not in apify:accounts, which has ${names === "" ? "no accounts" : names}. ${howToSet}`,
    );
  }
  const token = { value: account.token, from: `apify:accounts.${name}.token` };
  if (account.baseUrl === undefined) return { token };
  const value = normalizeBaseUrl(account.baseUrl);
  if (value !== undefined) {
    return { token, baseUrl: { value, from: `apify:accounts.${name}.baseUrl` } };
  }
  throw new ConfigurationError(
    message`apify:accounts.${name}.baseUrl is not an http(s) URL. Correct it, or remove it.`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
