import { wasRead } from "../../../../provider/run/runRecord";
import { isTerminal } from "../../../../emulator";
import type { Run } from "../../../../emulator";
import type { Args } from "../../../../provider/resources/taskRun/argumentTable";
import type { Entry, Program, Stack } from "../stack";
import type { World } from "../world";

/** The stacks of the one account; both run the same program, so that only the owner tells their runs apart. */
export const stackNames = ["dev", "prod"] as const;
export type StackName = (typeof stackNames)[number];

/** The resources of the program: the runs of `prices` end by hand, those of `stock` succeed by themselves. */
export const resourceNames = ["prices", "stock"] as const;
export type ResourceName = (typeof resourceNames)[number];

/** What is known of one resource beside what the engine has of it. */
export interface Resource {
  /** What the program says at present. */
  args: Args;
  /** The run that the state has, and the intent that it was recorded with. */
  recorded: { readonly runId: string; readonly intent: string } | undefined;
}

/** Whose run it is and what it was started for, as told by who sent the start and not by its run key. */
export interface Origin {
  readonly stack: StackName;
  readonly resource: ResourceName;
  readonly intent: string;
}

/** What the commands know. The runs themselves are asked of the emulator, which is the oracle. */
export interface Model {
  readonly world: World;
  readonly stacks: Readonly<Record<StackName, Stack>>;
  readonly resources: Readonly<Record<StackName, Readonly<Record<ResourceName, Resource>>>>;
  readonly origins: Map<string, Origin>;
  /** The faults that were put on requests and may still meet some. */
  readonly faults: { readonly left: () => number }[];
  /** How long a run may be missing from lists. */
  readonly listLagMillis: number;
}

/** A model of two stacks that were never deployed. */
export function newModel(world: World, listLagMillis: number): Model {
  const resource = (name: ResourceName): Resource => ({
    args: {
      actorTaskId: name === "prices" ? "janedoe~by-hand" : "janedoe~quick",
      input: { resource: name, query: 0 },
      waitSecs: name === "prices" ? 20 : 60,
      startWaitSecs: 120,
    },
    recorded: undefined,
  });
  const program = () => ({ prices: resource("prices"), stock: resource("stock") });
  return {
    world,
    stacks: { dev: world.stack("dev"), prod: world.stack("prod") },
    resources: { dev: program(), prod: program() },
    origins: new Map(),
    faults: [],
    listLagMillis,
  };
}

/** What decides which run is wanted, as one text whatever the order of the keys. */
export function intentOf({ actorTaskId, input, build }: Args): string {
  return JSON.stringify([actorTaskId, build ?? null, sorted(input ?? {})]);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}

/** What an `up` has to do for a resource to have its run. */
export type Need =
  | { readonly kind: "nothing" }
  /** One of these is taken over. */
  | { readonly kind: "takeOver"; readonly runIds: readonly string[] }
  | { readonly kind: "start" };

/** What the contract asks of an `up`, from the program, the state and the runs that there are. */
export function needOf(model: Model, stack: StackName, name: ResourceName): Need {
  const resource = model.resources[stack][name];
  const entry = model.stacks[stack].state.get(name);
  // `adoptRunId` says which run it is; whatever comes of that, none is started.
  if (resource.args.adoptRunId !== undefined) return { kind: "nothing" };
  if (entry !== undefined && !isRerun(resource, entry)) return { kind: "nothing" };
  const runIds = ownRuns(model, stack, name)
    .filter((run) => isToTakeOver(run, entry))
    .map(({ id }) => id);
  return runIds.length > 0 ? { kind: "takeOver", runIds } : { kind: "start" };
}

function isRerun({ args, recorded }: Resource, { outputs }: Entry): boolean {
  if (recorded?.intent !== intentOf(args)) return true;
  const { run, expired } = outputs;
  if (isTerminal(run.status)) return run.status !== "SUCCEEDED";
  // Gone before anybody saw it end; who waits for no end has all there is.
  return expired && (args.waitSecs !== 0 || !wasRead(run));
}

function isToTakeOver(run: Run, replaced: Entry | undefined): boolean {
  // The recorded one too: it was resurrected since.
  if (isPromising(run)) return true;
  // Nobody can have seen it only if it is newer than the recorded one.
  if (run.status !== "SUCCEEDED" || replaced === undefined) return false;
  return Date.parse(run.startedAt) > Date.parse(replaced.outputs.run.startedAt ?? "");
}

/** Whether a run may still deliver. */
export function isPromising({ status }: Run): boolean {
  return !isTerminal(status) && status !== "ABORTING" && status !== "TIMING-OUT";
}

/** The runs that were started for what a resource wants at present. */
function ownRuns(model: Model, stack: StackName, name: ResourceName): readonly Run[] {
  const intent = intentOf(model.resources[stack][name].args);
  return model.world.emulator.runs().filter(({ id }) => {
    const origin = model.origins.get(id);
    return origin?.stack === stack && origin.resource === name && origin.intent === intent;
  });
}

/** Whether some fault may still meet a request. */
export function isFaulty({ faults }: Model): boolean {
  return faults.some(({ left }) => left() > 0);
}

/** The program of a stack as it is at present. */
export function programOf({ resources }: Model, stack: StackName): Program {
  const { prices, stock } = resources[stack];
  return { prices: prices.args, stock: stock.args };
}
