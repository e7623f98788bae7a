import { accountChecks } from "./account";
import { actorChecks } from "./actor";
import { bodyChecks } from "./bodies";
import { dataChecks } from "./data";
import { endingChecks } from "./endings";
import { listChecks } from "./lists";
import { logChecks } from "./logs";
import { optionChecks } from "./options";
import { providerChecks } from "./provider";
import { refusalChecks } from "./refusals";
import { startChecks } from "./starts";
import { taskChecks } from "./tasks";
import { lastTaskCheck, taskNameChecks } from "./taskNames";
import { waitChecks } from "./waits";
import type { Check } from "../check";

/** All checks, in the order in which they run. */
export const allChecks: readonly Check[] = [
  ...startChecks,
  ...actorChecks,
  ...waitChecks,
  ...optionChecks,
  ...refusalChecks,
  ...endingChecks,
  ...listChecks,
  ...dataChecks,
  ...logChecks,
  ...providerChecks,
  ...accountChecks,
  ...taskChecks,
  ...bodyChecks,
  ...taskNameChecks,
  lastTaskCheck,
];
