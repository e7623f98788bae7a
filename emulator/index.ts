export type { Behaviour } from "./behaviour";
export { fakeClock, realClock, type CancelTimer, type Clock, type FakeClock } from "./clock";
export type { EmulatorControls, FinishOptions, NewBuild } from "./controls";
export { startEmulator, type Emulator, type EmulatorOptions } from "./emulator";
export * as faultAnswers from "./faults/answers";
export type { Endpoint } from "./faults/endpoints";
export type { Fault, OwnAnswer, Work } from "./faults/fault";
export type { Faults, InjectedFault, Injection } from "./faults/faults";
export type { Answer } from "./http/answer";
export { errorTypes, type ErrorType } from "./http/error-types";
export type { RecordedRequest } from "./http/recorder";
export type { Exchange, Interceptor, Verdict } from "./http/server";
export { seededRandom, type Random } from "./ids";
export {
  loadDeclaration,
  type AccountLimits,
  type ActorContext,
  type ActorFunction,
  type ActorResult,
  type Declaration,
  type Refusal,
  type TaskPatch,
} from "./state/declaration";
export {
  isTerminal,
  type JsonObject,
  type KnownStatus,
  type Run,
  type RunPatch,
} from "./state/shapes";
