import type { EmulatorState } from "./emulatorState";
import type { Actor } from "./entities";

/** Deletes an Actor. Its tasks and runs stay. */
export function deleteActor(state: EmulatorState, actor: Actor): void {
  state.actors.splice(state.actors.indexOf(actor), 1);
  state.journal({ kind: "actorDeleted", actorId: actor.id });
}
