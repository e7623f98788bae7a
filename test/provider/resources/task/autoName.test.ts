import assert from "node:assert/strict";
import * as fc from "fast-check";
import { autoName, replacedName } from "../../../../provider/resources/task/autoName";
import { argsSchema } from "../../../../provider/resources/task/argumentTable";
import { amount, chosenSeed } from "../../../support/figures";
import { owner } from "../../support/taskRuns";

/** Whether `check` takes it, and so Apify. */
function isName(name: string): boolean {
  return argsSchema.safeParse({ actorId: "actor1", name }).success;
}

const suffix = /-[0-9a-f]{7}$/;

describe("the name that a task gets by itself", () => {
  const bases: readonly (readonly [resourceName: string, base: string])[] = [
    ["price-scraper", "price-scraper"],
    ["Price Scraper", "price-scraper"],
    ["a", "a"],
    ["shop::prices", "shop-prices"],
    ["--prices--", "prices"],
    ["prices_of.2026/11", "prices-of-2026-11"],
    ["žluťoučký kůň", "lu-ou-k-k"],
    ["日本", "task"],
    ["🦊🦊🦊", "task"],
    ["---", "task"],
    ["", "task"],
    ["x".repeat(500), "x".repeat(55)],
    [`${"x".repeat(54)}-more`, "x".repeat(54)],
    [`${"x".repeat(53)}${"-".repeat(9)}y`, `${"x".repeat(53)}-y`],
  ];
  for (const [resourceName, base] of bases) {
    it(`is ${base.slice(0, 20)} and a suffix for ${JSON.stringify(resourceName).slice(0, 30)}`, () => {
      const name = autoName(resourceName, owner, undefined);
      assert.match(name, suffix);
      assert.equal(name.replace(suffix, ""), base);
      assert.ok(isName(name), name);
    });
  }

  it("is the same for the same resource, in each deployment", () => {
    assert.equal(autoName("prices", owner, undefined), autoName("prices", owner, undefined));
    // A release that names tasks otherwise would not find the task of a deployment that was killed before it.
    assert.equal(autoName("prices", "acme/urn:prices", undefined), "prices-63a5184");
    assert.equal(autoName("prices", "acme/urn:prices", "prices-63a5184"), "prices-a5b61c9");
  });

  it("is another one for another owner, and for the replacement of each task", () => {
    const names = [
      autoName("prices", owner, undefined),
      autoName("prices", `${owner}2`, undefined),
      autoName("prices", owner, "prices-1234567"),
      autoName("prices", owner, "prices-7654321"),
    ];
    assert.equal(new Set(names).size, names.length);
  });

  it("is one that Apify takes, whatever the resource is named", () => {
    const seed = chosenSeed();
    console.log(`      seed ${seed}: set PULUMI_APIFY_SEED to repeat it`);
    const resourceNames = fc.string({ unit: "binary", maxLength: 300 });
    fc.assert(
      fc.property(resourceNames, fc.string(), fc.option(fc.string()), (resourceName, of, old) => {
        const name = autoName(resourceName, of, old ?? undefined);
        assert.ok(isName(name), name);
        const aside = replacedName(name, of);
        assert.ok(isName(aside), aside);
        assert.notEqual(aside, name);
      }),
      { seed, numRuns: amount({ quick: 200, full: 20_000 }) },
    );
  });
});

describe("the name of a task that is moved aside", () => {
  it("says what happened to it, and differs for each task", () => {
    assert.match(replacedName("prices", "task1"), /^prices-replaced-[0-9a-f]{7}$/);
    assert.equal(replacedName("prices", "task1"), replacedName("prices", "task1"));
    assert.notEqual(replacedName("prices", "task1"), replacedName("prices", "task2"));
  });

  it("is cut to what Apify takes", () => {
    const name = replacedName("p".repeat(63), "task1");
    assert.equal(name.length, 63);
    assert.match(name, /^p{46}-replaced-[0-9a-f]{7}$/);
    assert.ok(isName(name));
  });
});
