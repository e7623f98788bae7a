import { end } from "./support/endings";
import { startShop, type Shop } from "./support/shop";

describe("engine: a preview that is killed", function () {
  this.timeout(120_000);
  let shop: Shop;

  before(async () => {
    shop = await startShop();
  });

  after(() => shop.close());

  it("leaves no process of the provider behind", async () => {
    const project = await shop.project();
    project.program(
      'new apify.TaskRun("prices", { actorTaskId: "janedoe~scrape", trackTask: true });',
    );
    const lookedUp = new Promise<void>((resolve) => {
      shop.emulator.faults.inject({
        endpoint: "getTask",
        fault: { kind: "stall", when: "beforeWork" },
        times: Infinity,
        when: () => {
          resolve();
          return true;
        },
      });
    });
    const command = project.start(["preview"]);
    await lookedUp;
    // Resolves when the host has ended.
    await end(command, "SIGKILL");
  });
});
