import { createHash } from "node:crypto";
import { completePricing } from "./completePricing";
import { defaultLimits } from "./declaration";
import { timestamp } from "./emulatorState";
import { getActor, getUser } from "./lookup";
import { storedBuild } from "./storedForms";
import { addTask } from "./tasks";
import type { ParsedDeclaration } from "./declarationTypes";
import type { EmulatorState } from "./emulatorState";
import type { Actor, Build, Program } from "./entities";

type DeclaredActor = ParsedDeclaration["actors"][number];
type DeclaredBuild = DeclaredActor["builds"][number];

/** Adds the declared users, Actors and tasks, as created at this time (ISO 8601). */
export function addDeclaredEntities(
  state: EmulatorState,
  declaration: ParsedDeclaration,
  createdAt: string,
): void {
  for (const declared of declaration.users) {
    state.users.push({
      id: declared.id ?? declaredId("user", declared.username),
      username: declared.username,
      token: declared.token,
      limits: declared.limits ?? defaultLimits,
      pricingTier: declared.pricingTier,
      createdAt,
      refusal: declared.refusal,
      usage: new Map(),
    });
  }
  for (const declared of declaration.actors)
    state.actors.push(newActor(state, declared, createdAt));
  for (const declared of declaration.tasks) addDeclaredTask(state, declared, createdAt);
}

/** Adds a build to an Actor. Its tags are removed from earlier builds. */
export function addBuild(
  state: EmulatorState,
  actor: Actor,
  declared: DeclaredBuild,
  createdAt = timestamp(state),
): Build {
  const build: Build = {
    id: declared.id ?? declaredId("build", `${actor.id} ${declared.number}`),
    number: declared.number,
    tags: new Set(declared.tags),
    program: programOf(declared) ?? actor.program,
    inputSchema: declared.inputSchema,
    environmentVariables: declared.environmentVariables ?? {},
    createdAt,
  };
  actor.builds.push(build);
  for (const tag of build.tags) giveTag(actor, { tag, build });
  actor.modifiedAt = createdAt;
  state.journal({ kind: "build", actorId: actor.id, build: storedBuild(build) });
  for (const tag of build.tags) journalTag(state, actor, { tag, build });
  return build;
}

/** A tag and the build that it is for. */
export interface TaggedBuild {
  readonly tag: string;
  readonly build: Build;
}

/** Gives a tag to a build of an Actor, and takes it from the others. */
export function moveTag(state: EmulatorState, actor: Actor, tagged: TaggedBuild): void {
  giveTag(actor, tagged);
  actor.modifiedAt = timestamp(state);
  journalTag(state, actor, tagged);
}

/** Gives a tag to a build of an Actor without recording it. */
export function giveTag({ builds }: Actor, { tag, build }: TaggedBuild): void {
  for (const each of builds) {
    if (each !== build) each.tags.delete(tag);
  }
  build.tags.add(tag);
}

function journalTag(state: EmulatorState, { id }: Actor, { tag, build }: TaggedBuild): void {
  state.journal({ kind: "tag", actorId: id, tag, buildId: build.id });
}

function newActor(state: EmulatorState, declared: DeclaredActor, createdAt: string): Actor {
  const name = `${declared.username}~${declared.name}`;
  const owner = state.users.find(({ username }) => username === declared.username);
  const actor: Actor = {
    id: declared.id ?? declaredId("actor", name),
    userId: owner?.id ?? declaredId("user", declared.username),
    username: declared.username,
    name: declared.name,
    title: declared.title ?? null,
    description: declared.description ?? null,
    cwd: declared.cwd ?? process.cwd(),
    program: programOf(declared) ?? { kind: "manual" },
    builds: [],
    defaultRunOptions: declared.defaultRunOptions ?? {},
    pricingInfo: declared.pricingInfo && completePricing(declared.pricingInfo, createdAt),
    gitBranchName: declared.gitBranchName ?? null,
    refusal: declared.refusal,
    createdAt,
    modifiedAt: createdAt,
  };
  for (const build of declared.builds) addBuild(state, actor, build, createdAt);
  return actor;
}

function addDeclaredTask(
  state: EmulatorState,
  declared: ParsedDeclaration["tasks"][number],
  createdAt: string,
): void {
  const user = getUser(state, declared.username);
  const actor = getActor(state, declared.actor);
  addTask(state, {
    id: declared.id ?? declaredId("task", `${declared.username}~${declared.name}`),
    owner: user,
    actId: actor.id,
    name: declared.name,
    title: declared.title ?? null,
    input: declared.input ?? null,
    options: declared.options ?? {},
    createdAt,
  });
}

function programOf(declared: DeclaredActor | DeclaredBuild): Program | undefined {
  if (declared.command !== undefined) return { kind: "command", command: declared.command };
  if (declared.run !== undefined) return { kind: "function", run: declared.run };
  return undefined;
}

/**
 * Ids depend on the name only. A client that stored them must not find another task or build after
 * the emulator was restarted.
 */
function declaredId(kind: string, name: string): string {
  const digest = createHash("sha256").update(`${kind} ${name}`).digest("base64");
  return digest.replace(/[^A-Za-z0-9]/g, "").slice(0, 17);
}
