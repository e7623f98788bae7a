import { startShop, type Shop } from "../support/shop";
import { stories } from "./stories";
import { rows } from "./table";
import type { Story } from "./scenario";
import type { RowName } from "./table";

describe("what the next up does, when commands of their own show it:", function () {
  this.timeout(180_000);
  let shop: Shop;

  beforeEach(async () => {
    shop = await startShop();
  });

  afterEach(() => shop.close());

  for (const [row, tell] of Object.entries<Story>(stories)) {
    it(`${row}: ${rows[row as RowName].next}`, async () => {
      await tell(shop, await shop.project());
    });
  }
});
