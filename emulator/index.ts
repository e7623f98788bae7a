export { fakeClock, realClock, type CancelTimer, type Clock, type FakeClock } from "./clock";
export type { EmulatorControls, FinishOptions, NewBuild } from "./controls";
export { startEmulator, type Emulator, type EmulatorOptions } from "./emulator";
export type { Answer } from "./http/answer";
export type { RecordedRequest } from "./http/recorder";
export type { Exchange, Interceptor, Verdict } from "./http/server";
export { seededRandom, type Random } from "./ids";
export type { Behaviour } from "./platform";
export {
  loadDeclaration,
  type AccountLimits,
  type ActorContext,
  type ActorFunction,
  type ActorResult,
  type Declaration,
  type TaskPatch,
} from "./state/declaration";
export {
  isTerminal,
  type JsonObject,
  type KnownStatus,
  type Run,
  type RunPatch,
} from "./state/shapes";
