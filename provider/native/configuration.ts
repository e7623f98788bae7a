import type { Properties } from "../engine/operations";
import type { Settings } from "../resources/config";

/** What an engine configures the plugin with. */
export interface Configuration extends Settings {
  /** The organization, where the program does not tell it. */
  readonly organization: string | undefined;
}

/**
 * The configuration from the arguments of the provider, which are those of the stack or of an explicit provider. Pulumi
 * passes values that are not texts as JSON.
 */
export function configurationOf(
  args: Properties,
  environment: Readonly<Record<string, string | undefined>>,
): Configuration {
  const text = (key: string): string | undefined => {
    const value = args[key];
    if (value === undefined || value === null) return undefined;
    return typeof value === "string" ? value : JSON.stringify(value);
  };
  return {
    config: (key) => text(key.replace(/^apify:/, "")),
    environment: (name) => environment[name],
    organization: text("organization"),
  };
}
