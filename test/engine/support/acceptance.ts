import assert from "node:assert/strict";
import type { Emulator, RecordedRequest, Run } from "../../../emulator";
import type { CommandResult, NamedResource, Project, StateResource } from "./project";

/** The output of a command that has to succeed. */
export async function succeeds(command: Promise<CommandResult>): Promise<string> {
  const { code, output } = await command;
  assert.equal(code, 0, output);
  return output;
}

/** The output of a command that has to fail. */
export async function fails(command: Promise<CommandResult>): Promise<string> {
  const { code, output } = await command;
  assert.notEqual(code, 0, output);
  return output;
}

/** What has to hold after every deployment: another one, and a refresh, find nothing to do. */
export async function expectSettled(emulator: Emulator, project: Project): Promise<void> {
  await expectNoChange(emulator, project);
  await succeeds(project.refresh("--expect-no-changes"));
  assert.deepEqual(writesOf(emulator), []);
}

/** The half of {@link expectSettled} for what only a program can bring about: a refresh runs none. */
export async function expectNoChange(emulator: Emulator, project: Project): Promise<void> {
  emulator.clearRequests();
  await succeeds(project.up("--expect-no-changes"));
  assert.deepEqual(writesOf(emulator), []);
}

/** Destroys the stack, after which no run may be going, and no task may be left that is the stack's own. */
export async function expectDestroyed(emulator: Emulator, project: Project): Promise<void> {
  const own = (await project.tasks()).filter(
    ({ external, retainOnDelete, inputs }) =>
      !external && !retainOnDelete && inputs.onDelete !== "keep",
  );
  emulator.clearRequests();
  await succeeds(project.destroy());
  assert.deepEqual([...(await project.taskRuns()), ...(await project.tasks())], []);
  assert.deepEqual(emulator.liveRuns(), []);
  const deletions = writesOf(emulator).filter((write) =>
    /^DELETE \/v2\/actor-tasks\/\S+ 204$/.test(write),
  );
  const expected = own.map(({ id = "" }) => `DELETE /v2/actor-tasks/${id} 204`);
  assert.deepEqual([...deletions].sort(), expected.sort());
}

/** The requests that asked for a change, as `POST /v2/… 201`. */
export function writesOf(emulator: Emulator): readonly string[] {
  return emulator.writes().map(({ method, pathname, status }) => `${method} ${pathname} ${status}`);
}

/** The requests that asked for a run. */
export function startsOf(emulator: Emulator): readonly RecordedRequest[] {
  return emulator.writes().filter(({ pathname }) => /^\/v2\/actor-tasks\/.*\/runs$/.test(pathname));
}

/** A Task that is not about to be deleted, from the state. */
export async function recordedTask(project: Project, name: string): Promise<StateResource> {
  return theOne(await project.tasks(), name);
}

/** A TaskRun that is not about to be deleted, from the state. */
export async function recorded(project: Project, name = "prices"): Promise<StateResource> {
  return theOne(await project.taskRuns(), name);
}

function theOne(resources: readonly NamedResource[], name: string): StateResource {
  const found = resources.filter((each) => each.name === name && !each.delete);
  assert.equal(found.length, 1, `there are ${found.length} "${name}" in the state`);
  return found[0] as StateResource;
}

/** The run as the state has it. */
export async function recordedRun(project: Project, name?: string): Promise<Run> {
  return JSON.parse(String((await recorded(project, name)).outputs.runJson)) as Run;
}

/** The ids of the runs that the state has, by resource name; those that are about to be deleted do not count. */
export async function recordedRuns(project: Project): Promise<ReadonlyMap<string, string>> {
  const resources = (await project.taskRuns()).filter((each) => !each.delete);
  return new Map(resources.map(({ name, id = "" }) => [name, id]));
}
