/**
 * A local Apify for tests: tasks, runs and storages, Actors that are functions or programs, and faults.
 *
 * @module pulumi-apify/emulator
 */

// The emulator
export { startEmulator } from "./emulator";
export type { Emulator, EmulatorOptions } from "./emulator";
export type { EmulatorControls, NewBuild } from "./controls";
export type { FinishOptions, NewRun } from "./runs/runsByHand";
export type { EmulatorSettings } from "./settings";

// Users, Actors and tasks
export { loadDeclaration } from "./state/declaration";
export type {
  AccountLimits,
  DeclaredActor,
  DeclaredBuild,
  DeclaredRunOptions,
  DeclaredTask,
  DeclaredUser,
  Declaration,
  InputSchema,
  NullableRunOptions,
  ParsedActor,
  ParsedDeclaration,
  ParsedUser,
  SchemaProperty,
  TaskPatch,
} from "./state/declarationTypes";
export type { ActorContext, ActorFunction, ActorResult, ChargeResult } from "./state/actorFunction";

// Runs
export type { ChargeEvent, PricingInfo, PricingPerEvent } from "./state/pricing";
export { isTerminal } from "./state/run";
export type {
  KnownStatus,
  Metamorph,
  Run,
  RunMeta,
  RunOptions,
  RunPatch,
  RunStats,
} from "./state/run";
export type { WebhookCall, WebhookDispatch } from "./state/webhook";
export type { JsonObject } from "./json";

// Requests and answers
export type { Answer } from "./http/answer";
export type { RecordedRequest, Recording } from "./http/recorder";
export type { Exchange, Interceptor, InterceptorResult } from "./http/exchange";
export { errorTypes } from "./http/errorTypes";
export type { ErrorDetails } from "./http/errors";
export type { ErrorType } from "./http/errorTypes";

// Faults
export * as faultAnswers from "./faults/answers";
export { isRequestTo } from "./faults/endpoints";
export type { Endpoint } from "./faults/endpoints";
export type { Fault, FaultAnswer, Moment, Work } from "./faults/fault";
export type { Faults, InjectedFault, Injection } from "./faults/injection";
export type { Refusal } from "./state/refusal";

// Time and ids
export { fakeClock, realClock } from "./clock";
export type { CancelTimer, Clock, FakeClock } from "./clock";
export { seededRandom } from "./ids";
export type { Random } from "./ids";
