import { applyEdit } from "./edits";
import { noteOrigins, noteRecorded } from "./runOrigins";
import {
  expectAllowedStarts,
  expectGoodUp,
  expectIdle,
  expectInTime,
  expectNoToken,
} from "./invariants";
import { isFaulty, isPromising, needOf, programOf } from "./model";
import { untilEnded, endMeanwhile } from "./trouble";
import type { Command } from "../stack";
import type { FinishedCommand } from "./invariants";
import type { Edit } from "./edits";
import type { Model, Need, ResourceName, StackName } from "./model";
import type { Meanwhile, Trouble } from "./trouble";

/** One `up`. */
export interface Up {
  readonly stack: StackName;
  /** How the program changes before it. Default: not at all. */
  readonly edit?: Edit | undefined;
  readonly trouble?: Trouble | undefined;
}

/** Runs `up`s at the same time. */
export async function deploy(
  model: Model,
  ups: readonly Up[],
  meanwhile?: Meanwhile,
): Promise<readonly FinishedCommand[]> {
  for (const { stack, edit } of ups) {
    if (edit !== undefined) applyEdit(model, stack, edit);
  }
  return runCommands(
    model,
    ups.map(({ stack, trouble }) => ({ stack, trouble, operation: "up" })),
    meanwhile,
  );
}

/** What a stack is to do. */
export interface Order {
  readonly stack: StackName;
  readonly operation: FinishedCommand["operation"];
  readonly trouble?: Trouble | undefined;
}

/** Lets stacks work at the same time, and checks what must hold after it. */
export async function runCommands(
  model: Model,
  orders: readonly Order[],
  meanwhile?: Meanwhile,
): Promise<readonly FinishedCommand[]> {
  const { world } = model;
  const faulty = isFaulty(model);
  const injectedBefore = world.emulator.faults.injected;
  const before = world.emulator.runs().filter(isPromising);
  const requestsBefore = world.emulator.requests.length;
  const callOff = endMeanwhile(world, meanwhile);
  const begun = orders.map((order) => ({
    ...order,
    needs: needsOf(model, order.stack),
    command: begin(model, order),
  }));
  const finished = await world.time.run(
    Promise.all(
      begun.map(
        async ({ stack, operation, needs, command, trouble }): Promise<FinishedCommand> => ({
          stack,
          operation,
          command,
          needs,
          ending: await untilEnded(world, command, trouble),
          course: faulty || trouble !== undefined ? "disturbed" : "undisturbed",
        }),
      ),
    ),
  );
  callOff();
  await world.time.advance(0);
  const known = new Set(model.origins.keys());
  noteOrigins(model, new Map(begun.map(({ command, stack }) => [command.process.number, stack])));
  noteRecorded(model);

  const started = world.emulator.runs().filter(({ id }) => !known.has(id));
  const requests = world.emulator.requests.slice(requestsBefore);
  const hits = world.emulator.faults.injected - injectedBefore;
  expectNoToken(model);
  for (const each of finished) {
    expectAllowedStarts(model, each, { started, promisingBefore: before });
    expectInTime(model, each, hits);
    expectIdle(model, each);
    if (each.operation === "up") expectGoodUp(model, each, requests);
  }
  return finished;
}

function needsOf(model: Model, stack: StackName): Record<ResourceName, Need> {
  return { prices: needOf(model, stack, "prices"), stock: needOf(model, stack, "stock") };
}

function begin(model: Model, { stack, operation }: Order): Command {
  if (operation === "up") return model.stacks[stack].up(programOf(model, stack));
  return model.stacks[stack][operation]();
}
