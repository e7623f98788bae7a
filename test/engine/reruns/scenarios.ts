import { apifyChanges } from "./apifyChanges";
import { argumentChanges } from "./argumentChanges";
import { stories } from "./stories";
import type { Scenario } from "./scenario";
import type { RowName } from "./table";

/** How each row is tested; one that is not does not compile. */
export const scenarios: Readonly<Record<RowName, Scenario>> = {
  ...argumentChanges,
  ...apifyChanges,
  ...stories,
};
