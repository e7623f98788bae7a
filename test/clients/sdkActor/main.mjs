import { setInterval } from "node:timers";
import { Actor } from "apify";

// The tests choose what this Actor does. Nothing here knows of the emulator.
const acts = {
  async usesStorages({ count }) {
    await Actor.pushData({ number: 0 });
    await Actor.pushData(Array.from({ length: count }, (_, index) => ({ number: index + 1 })));
    const store = await Actor.openKeyValueStore();
    await store.setValue("REPORT", { count });
    await Actor.setValue("PAGE", "<p>done</p>", { contentType: "text/html" });
    const dataset = await Actor.openDataset();
    const { itemCount } = await dataset.getInfo();
    const { items } = await dataset.getData();
    const report = await Actor.getValue("REPORT");
    const nothing = await Actor.getValue("NOTHING");
    await Actor.setValue("OUTPUT", {
      ids: [store.id, dataset.id],
      itemCount,
      items,
      report,
      nothing,
      greeting: process.env.GREETING,
    });
    await Actor.exit("all stored");
  },
  async fails() {
    await Actor.fail("the site is down");
  },
  async throws() {
    throw new Error("nobody catches this");
  },
  async waits() {
    Actor.on("aborting", async () => {
      await Actor.setValue("ABORTED", "yes");
    });
    Actor.on("persistState", async (data) => {
      await Actor.setValue("STATE", data);
    });
    await Actor.setStatusMessage("waiting");
    setInterval(() => undefined, 1000);
  },
  async ignoresEvents() {
    // Else the SDK ends the Actor.
    Actor.off("aborting");
    await Actor.setStatusMessage("waiting");
    setInterval(() => undefined, 1000);
  },
  async migrates() {
    if ((await Actor.getValue("MIGRATED")) !== null) await Actor.exit("went on");
    // Else the SDK reboots the run.
    Actor.off("migrating");
    Actor.on("migrating", async () => {
      await Actor.setValue("MIGRATED", true);
      await Actor.setStatusMessage("stored");
    });
    await Actor.setStatusMessage("waiting");
    setInterval(() => undefined, 1000);
  },
  async charges({ count }) {
    const result = await Actor.charge({ eventName: "page", count });
    await Actor.setValue("OUTPUT", result);
    await Actor.exit();
  },
  async metamorphs() {
    await Actor.metamorph("janedoe/other", { from: "metamorph" });
  },
  async reboots() {
    if ((await Actor.getValue("REBOOTED")) === null) {
      await Actor.setValue("REBOOTED", true);
      await Actor.reboot();
    }
    await Actor.exit("second life");
  },
};

await Actor.init();
const input = await Actor.getInput();
await acts[input.does](input);
