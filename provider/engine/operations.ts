import type { RunOutputs } from "./hiddenInputs";
import type { CheckFailure } from "./hostErrors";

/** Properties of a resource as Pulumi passes them: arguments, outputs and hidden inputs. */
export type Properties = Record<string, unknown>;

/** What a deployment does with a resource. */
export type Difference =
  | { readonly action: "nothing" }
  /** Among what differs are these properties, of which the program may have declared the same before: a refresh found them changed. */
  | { readonly action: "update"; readonly changed: readonly string[] }
  /** These properties are the reason, at least one. */
  | { readonly action: "replace"; readonly reasons: readonly string[] };

/**
 * The operations on one kind of resource, as every shell serves them. The properties contain the hidden inputs, and so
 * do those that are returned.
 */
export interface Operations {
  check(
    olds: Properties,
    news: Properties,
  ): Promise<{ inputs: Properties; failures: CheckFailure[] }>;
  /** `oldInputs` are what the program declared last, if the shell is told. */
  diff(id: string, olds: Properties, news: Properties, oldInputs?: Properties): Promise<Difference>;
  create(news: Properties): Promise<{ id: string; outs: Properties }>;
  /** What is known of the outputs before a create. */
  previewCreate(news: Properties): Properties;
  /** An empty id says that the resource no longer exists. `inputs` are given for a resource that is imported. */
  read(
    id: string,
    props: Properties,
  ): Promise<{ id: string; props: Properties; inputs?: Properties }>;
  update(id: string, olds: Properties, news: Properties): Promise<{ outs: Properties }>;
  /** What is known of the outputs before an update. */
  previewUpdate(id: string, olds: Properties, news: Properties): Properties;
  delete(id: string, props: Properties): Promise<void>;
  /** The outputs that no update changes. */
  readonly stable: readonly string[];
}

/** A hidden output that the native plugin adds to each state that it stores. */
export const nativeMark = "__native";

/** How a shell stores a state. */
export interface StateForm {
  /** Whether this shell stored it. The state of another shell is stored again, by an update. */
  readonly isOwn: (stored: Properties) => boolean;
  /** What the state holds of a run, unless the program says otherwise. */
  readonly runOutputs: RunOutputs;
  /** Whether Pulumi can import a resource, which is then read without knowing its arguments. */
  readonly imports: "possible" | "impossible";
}
