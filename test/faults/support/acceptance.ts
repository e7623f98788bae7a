import assert from "node:assert/strict";
import { count } from "./describeFaults";
import { doubleStarts, lostRuns } from "./world";
import type { Command, Program, Stack } from "./stack";
import type { World } from "./world";

/** Waits for a command, and gives its errors as one text each. */
export async function errorsOf(world: World, command: Command): Promise<readonly string[]> {
  const errors = await world.time.run(command.done);
  return Object.values(errors).map(({ message }) => message);
}

/** Waits for a command that must succeed. */
export async function succeeds(world: World, command: Command): Promise<void> {
  assert.deepEqual(await errorsOf(world, command), []);
}

/**
 * What must hold after a good `up`, whatever went wrong before: there are so many runs and no more,
 * none is lost, another `up` and a refresh change nothing, and `destroy` leaves nothing that lives.
 */
export async function expectSettled(
  world: World,
  stack: Stack,
  program: Program,
  expected: { readonly runs: number },
): Promise<void> {
  expectRuns(world, expected.runs);
  expectNoToken(world, stack);
  const recorded = [...stack.state];
  assert.deepEqual(new Set(stack.state.keys()), new Set(Object.keys(program)));

  world.emulator.clearRequests();
  await succeeds(world, stack.up(program));
  assert.deepEqual([...stack.state], recorded, "a second up changes nothing");
  await succeeds(world, stack.refresh());
  assert.deepEqual([...stack.state], recorded, "a refresh changes nothing");
  assert.deepEqual(world.emulator.writes(), [], "neither asks for a change");

  await expectDestroyed(world, stack);
  expectRuns(world, expected.runs);
}

/** Destroys, and expects that nothing is left. */
export async function expectDestroyed(world: World, stack: Stack): Promise<void> {
  await succeeds(world, stack.destroy());
  assert.equal(stack.state.size, 0);
  assert.deepEqual(world.emulator.liveRuns(), []);
  expectNoToken(world, stack);
}

/** Expects so many runs, none of them in excess and none of them lost. */
export function expectRuns(world: World, runs: number): void {
  const [doubles, lost] = [doubleStarts(world.emulator.runs()), lostRuns(world)].map((found) =>
    found.map(({ id, status, startedAt }) => `${id} ${status} since ${startedAt}`),
  ) as [string[], string[]];
  count("doubleStarts", doubles.length);
  count("lostRuns", lost.length);
  assert.deepEqual([doubles, lost], [[], []], "double starts and lost runs");
  assert.equal(world.emulator.runs().length, runs, "runs in all");
}

/** Expects that the token was neither shown nor recorded nor sent in an address. */
export function expectNoToken({ shown, emulator, token }: World, stack: Stack): void {
  const addresses = emulator.requests.map(
    ({ path, headers }) => `${path} ${headers["user-agent"]}`,
  );
  const texts = [...shown, ...addresses, JSON.stringify([...stack.state])];
  assert.deepEqual(
    texts.filter((text) => text.includes(token)),
    [],
    "texts with the token",
  );
}

/** The runs that ended while nobody watched, and that were named when another one was started. */
export function passedOver({ shown }: World): ReadonlySet<string> {
  const named = shown.flatMap(
    (line) => /^Run (\w+) was started .* with the same arguments, and ended/.exec(line) ?? [],
  );
  return new Set(named.filter((_text, index) => index % 2 === 1));
}
