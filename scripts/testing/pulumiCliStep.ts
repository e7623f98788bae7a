import { pulumiCli } from "../pulumi-cli";
import { onePassed } from "./counts";
import type { Step } from "./steps";

/** Makes the CLI ready for the steps after this one. */
export const pulumiCliStep: Step = {
  name: "pulumi CLI",
  async run() {
    const { binFolder, version, source } = await pulumiCli();
    console.log(`${version} (${source})`);
    // The mocha processes of the steps after this one inherit it.
    process.env.PULUMI_APIFY_CLI_BIN = binFolder;
    return onePassed;
  },
};
