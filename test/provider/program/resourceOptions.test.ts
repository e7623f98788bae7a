import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { TaskRun } from "../../../provider/program/taskRun";
import { resourceOptions } from "../../../provider/program/resourceOptions";
import { withDeclaredOutputs } from "../../../provider/program/taskRunOutputs";

const typeToken = "pulumi-nodejs:dynamic/apify:TaskRun";

class Provider extends pulumi.ProviderResource {}

describe("the options of a TaskRun", () => {
  let own: Provider;
  let other: Provider;
  before(async () => {
    await pulumi.runtime.setMocks({
      newResource: ({ name }) => ({ id: name, state: {} }),
      call: () => ({}),
    });
    own = new Provider("pulumi-nodejs", "own", {});
    other = new Provider("random", "other", {});
  });

  function declare(opts: object): TaskRun {
    return new TaskRun("prices", { actorTaskId: "x" }, opts);
  }

  function isClear(error: Error): boolean {
    assert.ok(pulumi.RunError.isInstance(error));
    assert.equal(error.stack, error.message);
    assert.ok(error.message.startsWith('TaskRun "prices": '));
    return true;
  }

  it("refuse `import`, and name what stands in for it", () => {
    assert.throws(
      () => declare({ import: "run1" }),
      (error: Error) => {
        assert.match(error.message, /adoptRunId.*TaskRun\.get/);
        return isClear(error);
      },
    );
  });

  it("refuse an explicit provider of their own package, wherever it comes from", () => {
    const within = (opts: pulumi.ComponentResourceOptions): pulumi.ComponentResource =>
      new pulumi.ComponentResource("shop:index:Group", "group", {}, opts);
    for (const opts of [
      { provider: own },
      { providers: [own] },
      { providers: { "pulumi-nodejs": own } },
      { parent: within({ providers: [own] }) },
      { parent: within({ parent: within({ providers: { "pulumi-nodejs": own } }) }) },
    ]) {
      assert.throws(
        () => declare(opts),
        (error: Error) => {
          assert.match(error.message, /Remove the option `provider`.*`account`/);
          return isClear(error);
        },
      );
    }
  });

  it("leave the provider of another package to its own resources", async () => {
    const parent = new pulumi.ComponentResource(
      "shop:index:Group",
      "group",
      {},
      {
        providers: [other],
      },
    );
    for (const opts of [
      { provider: other },
      { providers: { random: other } },
      { parent },
      { parent, provider: other, providers: [other] },
    ]) {
      const resource = declare(opts);
      await new Promise((resolve) => resource.urn.apply(resolve));
      assert.deepEqual(
        Object.keys(optionsOf(opts)).sort(),
        ["aliases", "hideDiffs", ...("parent" in opts ? ["parent"] : [])].sort(),
      );
    }
  });

  it("hide the differences of what changes as a whole, besides the user's own", () => {
    const hidden = (hideDiffs?: string[]) =>
      optionsOf(hideDiffs === undefined ? {} : { hideDiffs }).hideDiffs;
    assert.deepEqual(hidden(), ["runJson", "links", "expired"]);
    assert.deepEqual(hidden(["input", "links"]), ["input", "links", "runJson", "expired"]);
  });

  it("make the output secret that holds the one which is named", () => {
    const additionalSecretOutputs = ["status", "consoleUrl", "meta", "runJson", "input"];
    const opts = optionsOf({ additionalSecretOutputs });
    assert.deepEqual(opts.additionalSecretOutputs, ["runJson", "links", "input"]);
  });

  it("are left as they are otherwise, and take over the state of the native plugin", () => {
    const opts = { protect: true, retainOnDelete: true, aliases: [{ name: "old" }] };
    const { hideDiffs, ...rest } = optionsOf(opts);
    assert.ok(hideDiffs);
    const aliases = [...opts.aliases, { type: "apify:index:TaskRun" }];
    assert.deepEqual(rest, { ...opts, aliases });
  });
});

function optionsOf(opts: pulumi.CustomResourceOptions): pulumi.CustomResourceOptions {
  const resource = { typeToken, label: 'TaskRun "prices"', adoptArgument: "adoptRunId" } as const;
  return withDeclaredOutputs(resourceOptions(resource, opts));
}
