/** What a program declares `count` of, by name: the end of a program that has `make(name, args)`. */
export interface BenchProgram {
  readonly head: string;
  /** Pulumi.yaml's section for a plugin, if the program needs one. */
  readonly plugins?: string;
}

const askApify = `
  const ask = async (method, path) => {
    const response = await fetch(process.env.APIFY_API_BASE_URL + "/v2/" + path, {
      method, headers: { Authorization: "Bearer " + process.env.APIFY_TOKEN },
    });
    return (await response.json()).data;
  };`;

/** A dynamic provider with these operations. */
function dynamicProvider(head: string, operations: string, outputs: string): string {
  return `${head}
  const provider = {
    check: async (olds, news) => ({ inputs: news }),
    diff: async () => ({ changes: false }),
    update: async (id, olds, news) => ({ outs: news }),
    delete: async () => {},
    ${operations}
  };
  class Trivial extends pulumi.dynamic.Resource {
    constructor(name, args) { super(provider, name, { ...args, ${outputs} }); }
  }
  const make = (name, args) => new Trivial(name, args);`;
}

/** The programs that are compared. The first two are what any dynamic provider costs. */
export const programs = {
  /** Three inputs, one output, no package, and no work. */
  nothing: {
    head: dynamicProvider(
      "",
      `create: async (inputs) => ({ id: "none", outs: { ...inputs, done: true } }),
       read: async (id, props) => ({ id, props }),`,
      "done: undefined",
    ),
  },
  /** Starts a run and reads it, without any error handling. */
  minimal: {
    head: dynamicProvider(
      askApify,
      `create: async (inputs) => {
        let run = await ask("POST", "actor-tasks/bench~noop/runs");
        run = await ask("GET", "actor-runs/" + run.id + "?waitForFinish=60");
        return { id: run.id, outs: { ...inputs, a: JSON.stringify(run), b: 2, c: 3 } };
      },
      read: async (id, props) => {
        const run = await ask("GET", "actor-runs/" + id);
        return { id, props: { ...props, a: JSON.stringify(run) } };
      },`,
      "a: undefined, b: undefined, c: undefined",
    ),
  },
  TaskRun: {
    head: `
  const apify = require("pulumi-apify");
  const make = (name, args) => new apify.TaskRun(name, args);`,
  },
  native: {
    head: `
  const apify = require("pulumi-apify/native");
  const make = (name, args) => new apify.TaskRun(name, args);`,
    plugins:
      "plugins:\n  providers:\n    - name: apify\n      path: node_modules/pulumi-apify/plugin\n",
  },
} as const satisfies Record<string, BenchProgram>;

/** The name of a program. */
export type ProgramName = keyof typeof programs;
