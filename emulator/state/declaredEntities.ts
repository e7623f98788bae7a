import { createHash } from "node:crypto";
import { timestamp } from "./emulatorState";
import type { ParsedDeclaration } from "./declaration";
import type { EmulatorState } from "./emulatorState";
import type { Actor, Build, Program, User } from "./entities";

type DeclaredActor = ParsedDeclaration["actors"][number];
type DeclaredBuild = DeclaredActor["builds"][number];

/** Fills a new state with what was declared. */
export function addDeclaredEntities(state: EmulatorState, declaration: ParsedDeclaration): void {
  for (const declared of declaration.users) {
    state.users.push({
      id: declared.id ?? declaredId("user", declared.username),
      username: declared.username,
      token: declared.token,
      limits: declared.limits ?? { maxMemoryMbytes: 65_536, maxConcurrentRuns: 256 },
      pricingTier: declared.pricingTier,
    });
  }
  for (const declared of declaration.actors) state.actors.push(newActor(state, declared));
  for (const declared of declaration.tasks) addTask(state, declared);
}

/** Adds a build to an Actor; its tags move away from the builds that had them. */
export function addBuild(state: EmulatorState, actor: Actor, declared: DeclaredBuild): Build {
  const build: Build = {
    id: declared.id ?? declaredId("build", `${actor.id} ${declared.number}`),
    number: declared.number,
    tags: new Set(declared.tags),
    program: programOf(declared) ?? actor.program,
    inputSchema: declared.inputSchema,
    createdAt: timestamp(state),
  };
  for (const earlier of actor.builds) {
    for (const tag of build.tags) earlier.tags.delete(tag);
  }
  actor.builds.push(build);
  actor.modifiedAt = timestamp(state);
  return build;
}

function newActor(state: EmulatorState, declared: DeclaredActor): Actor {
  const name = `${declared.username}~${declared.name}`;
  const owner = state.users.find(({ username }) => username === declared.username);
  const actor: Actor = {
    id: declared.id ?? declaredId("actor", name),
    userId: owner?.id ?? declaredId("user", declared.username),
    username: declared.username,
    name: declared.name,
    title: declared.title ?? null,
    cwd: declared.cwd ?? process.cwd(),
    program: programOf(declared) ?? { kind: "manual" },
    builds: [],
    defaultRunOptions: declared.defaultRunOptions ?? {},
    pricingInfo: declared.pricingInfo,
    gitBranchName: declared.gitBranchName ?? null,
    refusal: declared.refusal,
    createdAt: timestamp(state),
    modifiedAt: timestamp(state),
  };
  for (const build of declared.builds) addBuild(state, actor, build);
  return actor;
}

function addTask(state: EmulatorState, declared: ParsedDeclaration["tasks"][number]): void {
  const user = state.users.find(({ username }) => username === declared.username);
  const actor = state.actors.find(({ username, name }) => `${username}~${name}` === declared.actor);
  if (user === undefined || actor === undefined) {
    throw new Error(`Task ${declared.name} names an unknown user or Actor.`);
  }
  state.tasks.push({
    id: declared.id ?? declaredId("task", `${declared.username}~${declared.name}`),
    userId: user.id,
    username: user.username,
    actId: actor.id,
    name: declared.name,
    title: declared.title ?? null,
    input: declared.input ?? null,
    options: declared.options ?? {},
    createdAt: timestamp(state),
    modifiedAt: timestamp(state),
    totalRuns: 0,
  });
}

function programOf(declared: DeclaredActor | DeclaredBuild): Program | undefined {
  if (declared.command !== undefined) return { kind: "command", command: declared.command };
  if (declared.run !== undefined) return { kind: "function", run: declared.run };
  return undefined;
}

/**
 * Declared things get the same id in every emulator: a restart of the emulator must not look like
 * another task or a moved build to whoever stored the old ids.
 */
function declaredId(kind: string, name: string): string {
  const digest = createHash("sha256").update(`${kind} ${name}`).digest("base64");
  return digest.replace(/[^A-Za-z0-9]/g, "").slice(0, 17);
}

/** The account with this username. */
export function userNamed(state: EmulatorState, username: string): User {
  const user = state.users.find((each) => each.username === username);
  if (user === undefined) throw new Error(`The emulator has no user "${username}".`);
  return user;
}
