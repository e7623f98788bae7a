import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { assertInstalled, requiredModule } from "../../../provider/program/installation";
import { taskThunk } from "../../../provider/dynamic/taskThunk";
import { thunk } from "../../../provider/dynamic/thunk";
import { userAgent } from "../../../provider/resources/userAgent";

describe("the text of the provider", () => {
  const intact = [
    String((thunk as unknown as Record<string, unknown>).configure),
    'configure(t){require("pulumi-apify/dynamic-provider").install(this,t)}',
    "configure(t){require('pulumi-apify/dynamic-provider').install(this,t)}",
    "configure(t){require( `pulumi-apify/dynamic-provider` ).install(this,t)}",
  ];
  for (const text of intact) {
    it(`is intact in ${text.replaceAll(/\s+/g, " ").slice(0, 80)}`, () => {
      assert.equal(requiredModule(text), "pulumi-apify/dynamic-provider");
    });
  }

  it("is intact in that of a Task, which requires a module of its own", () => {
    const text = String((taskThunk as unknown as Record<string, unknown>).configure);
    assert.equal(requiredModule(text), "pulumi-apify/dynamic-task-provider");
  });

  const rewritten = [
    "configure(request) { (init_dynamicProvider(), __toCommonJS(dynamicProvider_exports)).install(this, request); }",
    "configure(request) { require_dynamicProvider().install(this, request); }",
    "configure(request) { __webpack_require__(4711).install(this, request); }",
    'configure(request) { __require("pulumi-apify/dynamic-provider").install(this, request); }',
  ];
  for (const text of rewritten) {
    it(`is recognized as a bundler's in ${text.slice(21, 70)}`, () => {
      assert.equal(requiredModule(text), undefined);
      const configure = Object.assign(() => undefined, { toString: () => text });
      assert.throws(
        () => {
          assertInstalled({ configure });
        },
        (error: Error) =>
          error.stack === error.message && /bundled.*\n.*--packages=external/.test(error.message),
      );
    });
  }
});

describe("the version in the User-Agent", () => {
  it("is that of package.json", () => {
    const file = join(__dirname, "../../../package.json");
    const { version } = JSON.parse(readFileSync(file, "utf8")) as { version: string };
    assert.equal(userAgent, `pulumi-apify/${version}`);
  });
});
