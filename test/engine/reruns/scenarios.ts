import { apifyChanges } from "./apifyChanges";
import { argumentChanges } from "./argumentChanges";
import { commandScenarios } from "./commandScenarios";
import type { Scenario } from "./scenario";
import type { RowName } from "./table";

/** How each row is tested; one that is not does not compile. */
export const scenarios: Readonly<Record<RowName, Scenario>> = {
  ...argumentChanges,
  ...apifyChanges,
  ...commandScenarios,
};
