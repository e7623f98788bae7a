import assert from "node:assert/strict";
import { pluginDownloadUrl } from "../../scripts/schema/pluginDownloadUrl";

describe("the download address of the plugin", () => {
  for (const repository of [
    "git+https://github.com/acme/pulumi-apify.git",
    "https://github.com/acme/pulumi-apify",
  ]) {
    it(`is that of the releases of ${repository}`, () => {
      assert.equal(pluginDownloadUrl(repository), "github://api.github.com/acme/pulumi-apify");
    });
  }

  it("cannot be elsewhere, where Pulumi looks for no releases", () => {
    for (const repository of ["https://gitlab.com/acme/pulumi-apify", "https://example.com/a/b"]) {
      assert.throws(() => pluginDownloadUrl(repository), /is not a repository on GitHub/);
    }
  });
});
