import assert from "node:assert/strict";
import { pluginDownloadUrl } from "../../scripts/schema/pluginDownloadUrl";

describe("the download address of the plugin", () => {
  for (const repository of [
    "acme/pulumi-apify",
    "github:acme/pulumi-apify",
    { url: "git+https://github.com/acme/pulumi-apify.git" },
    { url: "https://github.com/acme/pulumi-apify" },
  ]) {
    it(`is that of the releases of ${JSON.stringify(repository)}`, () => {
      assert.equal(pluginDownloadUrl(repository), "github://api.github.com/acme/pulumi-apify");
    });
  }

  it("is not known without a repository", () => {
    assert.equal(pluginDownloadUrl(undefined), undefined);
  });

  for (const repository of ["gitlab:acme/pulumi-apify", "https://example.com/acme/pulumi-apify"]) {
    it(`cannot be that of ${repository}, where Pulumi looks for no releases`, () => {
      assert.throws(() => pluginDownloadUrl(repository), /is not a repository on GitHub/);
    });
  }
});
