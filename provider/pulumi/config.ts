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

/** Reads the configuration; a key of the stack wins over the environment. Throws a `TaskRunError` that names what to set. */
export function readConfig(settings: Settings): Config {
  const token = setting(settings, "apify:token", "APIFY_TOKEN");
  if (token === undefined) {
    throw new TaskRunError(
      [
        "There is no Apify API token. Set it with `pulumi config set --secret apify:token <token>` or in APIFY_TOKEN;",
        `you find yours at ${defaultConsoleUrl}/settings/integrations.`,
        "To try the provider without an account, run the local emulator (`npm run emulator` in a checkout of pulumi-apify).",
      ].join("\n"),
    );
  }
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new TaskRunError(
      "apify:token (or APIFY_TOKEN) holds characters that no token has, such as a space or a line break. Set it again.",
    );
  }
  return {
    token,
    baseUrl: url(settings, "apify:baseUrl", "APIFY_API_BASE_URL", defaultBaseUrl),
    consoleUrl: url(settings, "apify:consoleUrl", "APIFY_CONSOLE_URL", defaultConsoleUrl),
  };
}

function url(settings: Settings, key: string, variable: string, otherwise: string): string {
  const text = setting(settings, key, variable);
  if (text === undefined) return otherwise;
  const normalized = normalizeBaseUrl(text);
  if (normalized !== undefined) return normalized;
  throw new TaskRunError(
    `${key} (or ${variable}) is "${text}", which is no http(s) URL. The default is ${otherwise}.`,
  );
}

function setting(settings: Settings, key: string, variable: string): string | undefined {
  const value = settings.config(key)?.trim() ?? "";
  if (value !== "") return value;
  const fallback = settings.environment(variable)?.trim() ?? "";
  return fallback === "" ? undefined : fallback;
}
