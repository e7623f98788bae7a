import type { dynamic } from "@pulumi/pulumi";
import { nativeMark } from "../engine/operations";
import type { Operations, Properties, StateForm } from "../engine/operations";
import type { Settings } from "../resources/config";

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

/**
 * The form of the states of dynamic resources. That of the native plugin must be stored again: it lacks `__provider`,
 * which the host adds, and without which a resource can never be deleted.
 */
export const dynamicForm: StateForm = {
  isOwn: (stored) => !(nativeMark in stored),
  runOutputs: "jsonOnly",
  imports: "impossible",
};

/** The operations as Pulumi's host calls them. */
export function methodsOf(operations: Operations): ProviderMethods {
  return {
    check: (olds, news) => operations.check(olds, news),
    diff: async (id, olds, news) => {
      const difference = await operations.diff(id, olds, news);
      return difference.action === "replace"
        ? { changes: true, replaces: [...difference.reasons] }
        : { changes: difference.action === "update" };
    },
    create: (news) => operations.create(news),
    read: (id, props) => operations.read(id, props),
    update: (id, olds, news) => operations.update(id, olds, news),
    delete: (id, props) => operations.delete(id, props),
  };
}

/** The configuration and environment that the host gives a provider. */
export function settingsOf({ config }: dynamic.ConfigureRequest): Settings {
  return {
    config: (key) => config.get(key),
    environment: (name) => process.env[name],
  };
}
