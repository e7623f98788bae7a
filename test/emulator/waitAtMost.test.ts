import { waitAtMost } from "../../emulator/runs/waitAtMost";

describe("waiting at most for a time", () => {
  it("ends when its time is up", async () => {
    await waitAtMost(0, new Promise(() => undefined));
  });

  it("ends before that, with what it waits for", async () => {
    await waitAtMost(2 ** 30, Promise.resolve());
  });
});
