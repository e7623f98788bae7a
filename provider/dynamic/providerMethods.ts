import type { dynamic } from "@pulumi/pulumi";
import type { Settings } from "../resources/config";

type Properties = Record<string, unknown>;

/** The methods of a dynamic provider, with the arguments that the host always passes. */
export interface ProviderMethods {
  check(olds: Properties, news: Properties): Promise<dynamic.CheckResult>;
  diff(id: string, olds: Properties, news: Properties): Promise<dynamic.DiffResult>;
  create(news: Properties): Promise<dynamic.CreateResult>;
  /** An empty id tells the engine that the resource no longer exists. */
  read(id: string, props: Properties): Promise<dynamic.ReadResult>;
  update(id: string, olds: Properties, news: Properties): Promise<dynamic.UpdateResult>;
  delete(id: string, props: Properties): Promise<void>;
}

/** The configuration and environment that the host gives a provider. */
export function settingsOf({ config }: dynamic.ConfigureRequest): Settings {
  return {
    config: (key) => config.get(key),
    environment: (name) => process.env[name],
  };
}
