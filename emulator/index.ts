export type { EmulatorSettings } from "./settings";
export { fakeClock, realClock, type CancelTimer, type Clock, type FakeClock } from "./clock";
export type { EmulatorControls, NewBuild } from "./controls";
export { startEmulator, type Emulator, type EmulatorOptions } from "./emulator";
export * as faultAnswers from "./faults/answers";
export type { Endpoint } from "./faults/endpoints";
export type { Fault, FaultAnswer, Work } from "./faults/fault";
export type { Faults, InjectedFault, Injection } from "./faults/injection";
export type { FinishOptions, NewRun } from "./runs/testControl";
export type { Answer } from "./http/answer";
export { errorTypes, type ErrorType } from "./http/errorTypes";
export type { RecordedRequest, Recording } from "./http/recorder";
export type { Exchange, Interceptor, InterceptorResult } from "./http/server";
export { seededRandom, type Random } from "./ids";
export type { ActorContext, ActorFunction, ActorResult, ChargeResult } from "./state/actorFunction";
export {
  loadDeclaration,
  type AccountLimits,
  type Declaration,
  type TaskPatch,
} from "./state/declaration";
export type { Refusal } from "./state/refusal";
export {
  isTerminal,
  type JsonObject,
  type KnownStatus,
  type Run,
  type RunPatch,
} from "./state/run";
