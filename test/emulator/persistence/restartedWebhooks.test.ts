import assert from "node:assert/strict";
import { closeEmulatorsAfterEach, startTestEmulator } from "../support/emulator";
import { closeReceiversAfterEach, startReceiver, webhooksQuery } from "../support/webhookReceiver";
import { stateFolders } from "./support/stateFolders";
import type { Run } from "../../../emulator";

const eventTypes = ["ACTOR.RUN.CREATED"];

describe("an ad-hoc webhook, after the emulator was restarted", () => {
  closeEmulatorsAfterEach();
  closeReceiversAfterEach();
  const { newFolder } = stateFolders();

  it("tells of the run as it was at the time of the event", async () => {
    const receiver = await startReceiver();
    receiver.answers.push("none");
    const folder = newFolder();
    const first = await startTestEmulator({ stateFolder: folder });
    const { id } = await first.startRun(webhooksQuery({ eventTypes, requestUrl: receiver.url }));
    await receiver.count(1);
    first.finish(id);
    await first.close();
    const next = await startTestEmulator({
      stateFolder: folder,
      startsAt: first.clock.now() + 1000,
    });
    next.clock.advance(0);
    await receiver.count(2);
    const [before, after] = receiver.received;
    assert.deepEqual(after?.body, before?.body);
    assert.equal((after?.body.resource as Run).status, "READY");
  });

  it("is not taken for another one of the same address and event", async () => {
    const receiver = await startReceiver();
    receiver.answers.push("none", "none");
    const folder = newFolder();
    const first = await startTestEmulator({ stateFolder: folder });
    const webhooks = ["1", "2"].map((payloadTemplate) => ({
      eventTypes,
      requestUrl: receiver.url,
      payloadTemplate: `{"webhook":${payloadTemplate}}`,
    }));
    await first.startRun(webhooksQuery(...webhooks));
    await receiver.count(2);
    await first.close();
    const next = await startTestEmulator({ stateFolder: folder });
    next.clock.advance(0);
    await receiver.count(4);
    const bodies = receiver.received.slice(2).map(({ body }) => body.webhook);
    assert.deepEqual(bodies.sort(), [1, 2]);
  });

  it("waits for the rest of the pause before its next attempt", async () => {
    const receiver = await startReceiver();
    receiver.answers.push(500);
    const folder = newFolder();
    const first = await startTestEmulator({ stateFolder: folder });
    const paused = first.timerSet(60_000);
    const { id } = await first.startRun(webhooksQuery({ eventTypes, requestUrl: receiver.url }));
    await paused;
    await first.close();
    const next = await startTestEmulator({
      stateFolder: folder,
      startsAt: first.clock.now() + 20_000,
    });
    next.clock.advance(39_999);
    assert.equal(next.webhookDispatches(id)[0]?.calls.length, 1);
    assert.equal(receiver.received.length, 1);
    next.clock.advance(1);
    await receiver.count(2);
  });
});
