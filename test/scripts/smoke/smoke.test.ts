import assert from "node:assert/strict";
import { allChecks } from "../../../scripts/smoke/checks";
import { alter, withBody } from "./support/alterations";
import { openSmokeWorld, otherToken, token } from "./support/smokeWorld";
import type { SmokeWorld } from "./support/smokeWorld";

describe("the smoke test against the local Apify", () => {
  let world: SmokeWorld;

  beforeEach(async () => {
    world = await openSmokeWorld();
  });

  afterEach(() => world.emulator.close());

  it("finds that every assumption holds, removes what it made and shows no token", async () => {
    const { verdicts, left, ending, output } = await world.smoke();
    const others = [...verdicts].filter(([, { outcome }]) => outcome !== "holds");
    assert.deepEqual(others, []);
    assert.equal(verdicts.size, allChecks.length);
    assert.deepEqual([left, ending], [[], "complete"]);
    assert.deepEqual(await world.belongings(), []);
    assert.match(output, new RegExp(`\n${allChecks.length} hold, 0 do not hold, 0 could not`));
    for (const each of [token, otherToken]) assert.ok(!output.includes(each));
  });

  it("says what it will do and what that costs before it sends anything", async () => {
    const seen: number[] = [];
    const first: string[] = [];
    await world.smoke({
      only: ["wrong-token"],
      print: (line) => {
        seen.push(world.emulator.requests.length);
        first.push(line);
      },
    });
    assert.equal(seen[0], 0);
    assert.match(first[0] ?? "", /tasks of the Actor apify\/hello-world.* removed at the end/s);
    assert.match(first[0] ?? "", /costs less than 0\.01 USD/);
  });

  it("creates nothing for a check that needs nothing", async () => {
    const { verdicts } = await world.smoke({ only: ["wrong-token"] });
    assert.deepEqual([...verdicts.keys()], ["wrong-token"]);
    assert.deepEqual(world.emulator.writes(), []);
  });

  it("says which checks it cannot make, and why", async () => {
    world.emulator.setLimits("janedoe", { maxMemoryMbytes: 65_536 });
    const { verdicts } = await world.smoke({
      only: ["other-account", "no-memory", "wrong-token"],
      otherToken: undefined,
    });
    const words = (id: string): string => verdicts.get(id)?.words ?? "";
    assert.deepEqual(
      [...verdicts.values()].map(({ outcome }) => outcome),
      ["notChecked", "holds", "notChecked"],
    );
    assert.match(words("other-account"), /--other-token/);
    assert.match(words("no-memory"), /the account has 64 GB/);
    assert.deepEqual(await world.belongings(), []);
  });

  it("calls nothing wrong that only failed this time", async () => {
    world.emulator.faults.inject({
      endpoint: "startRun",
      fault: { kind: "answer", work: "done", status: 503 },
    });
    const { verdicts, left } = await world.smoke({ only: ["start-answer", "wrong-token"] });
    assert.equal(verdicts.get("start-answer")?.outcome, "notChecked");
    assert.match(verdicts.get("start-answer")?.words ?? "", /503/);
    assert.deepEqual(left, []);
    // The answer was lost, and the run was removed all the same.
    assert.deepEqual(await world.belongings(), []);
  });

  it("waits while the account has no room for a run", async () => {
    world.emulator.refuseStarts({ type: "concurrent-runs-limit-exceeded" }, { times: 3 });
    const { verdicts } = await world.smoke({ only: ["start-answer"] });
    assert.equal(verdicts.get("start-answer")?.outcome, "holds");
  });

  it("checks nothing with a token that Apify does not accept", async () => {
    const wrong = "apify_api_NoSuchToken";
    const { verdicts, ending, output } = await world.smoke({ token: wrong });
    assert.deepEqual([verdicts.size, ending], [0, "refused"]);
    assert.match(output, /does not accept the token: 401/);
    assert.ok(!output.includes(wrong));
  });

  it("shows no part of a token that Apify echoes", async () => {
    let echo = "";
    alter(world.emulator, /NoSuchThing/, (answer) => withBody(answer, echo));
    // A report cuts long texts, here in the middle of the token.
    for (const padding of [0, 140]) {
      echo = `${"x".repeat(padding)}${token}`;
      const { output } = await world.smoke({ only: ["error-form"] });
      assert.match(output, /DOES NOT HOLD/);
      assert.ok(!output.includes(token.slice(0, 12)), output);
    }
  });

  it("says what it could not remove, and goes on with the rest", async () => {
    world.emulator.faults.inject({
      endpoint: "deleteRun",
      fault: { kind: "answer", work: "none", status: 403, type: "insufficient-permissions" },
      times: Infinity,
    });
    const { left, output } = await world.smoke({ only: ["start-answer"] });
    const [run] = world.emulator.runs();
    assert.deepEqual(left, [`/v2/actor-runs/${run?.id}: 403 insufficient-permissions`]);
    assert.ok(output.includes(`NOT REMOVED, so please remove it by hand:\n- ${left[0]}`));
    assert.deepEqual(await world.belongings(), [`actor-runs/${run?.id}`]);
  });
});
