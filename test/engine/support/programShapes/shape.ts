import type { Emulator, Run } from "../../../../emulator";

/** A shape of program that Pulumi users write, deployed, changed once, and deployed again. */
export interface Shape {
  /** A sentence that begins with the program. */
  readonly name: string;
  /**
   * The program, as the body of an async function of `shape`, the tools of {@link tools}. What it returns
   * are the outputs.
   *
   * @param round 1 at first, 2 after the change.
   */
  program(round: 1 | 2): string;
  /** The resources whose run is started by the first deployment and by the changed one, each as often as it is there. */
  readonly starts: readonly [first: readonly string[], changed: readonly string[]];
  /** The resources that each TaskRun depends on in the state. Default: none. */
  readonly dependencies?: Readonly<Record<string, readonly string[]>>;
  /** What else holds after each of the two deployments. */
  holds?(deployed: Deployed): void;
}

/** What a shape has after a deployment. */
export interface Deployed {
  readonly emulator: Emulator;
  readonly round: 1 | 2;
  /** What the program returned. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** The newest run that was started for a resource. */
  readonly run: (resource: string) => Run;
  /** The text of what the state has of the shape, secrets encrypted. */
  readonly state: string;
}

/**
 * What a program has besides `apify` and `pulumi`. Names of resources are its own: `run("a")` of the shape
 * number 3 declares `3-a`.
 */
const tools = `
class Group extends pulumi.ComponentResource {
  constructor(shape, name, opts, children = () => {}) {
    super("shop:index:Group", shape + "-" + name, {}, opts);
    this.children = children.call(this, this);
    this.registerOutputs({});
  }
}
const shape = (number) => ({
  number,
  name: (name) => number + "-" + name,
  run: (name, input, opts, args) =>
    new apify.TaskRun(number + "-" + name, {
      actorTaskId: "janedoe~scrape",
      input: pulumi.output(input ?? {}).apply((given) => ({ mark: number + "-" + name, ...given })),
      ...args,
    }, opts),
  plain: (name, args, opts) =>
    new apify.TaskRun(number + "-" + name, { actorTaskId: "janedoe~scrape", ...args, input: { mark: number + "-" + name, ...args?.input } }, opts),
  group: (name, opts, children) => new Group(number, name, opts, children),
});
`;

/** The program of these shapes, each with its number, which is the name of its output. */
export function programOf(shapes: ReadonlyMap<number, Shape>, round: 1 | 2): string {
  const bodies = [...shapes].map(
    ([number, shape]) => `
      exports[${number}] = pulumi.output((async ({ name, run, plain, group }) => {
        ${shape.program(round)}
      })(shape(${number})));`,
  );
  return `${tools}\n${bodies.join("\n")}`;
}
