import { rmSync } from "node:fs";
import { demoFolder, openEnvironment } from "./demo/environment";
import { InterruptedError, listenForInterruption } from "./demo/interruption";
import { inviteToLookAround, quoted } from "./demo/lookAround";
import { createPrinter } from "./demo/printer";
import { destroyStacks, walkThrough } from "./demo/walkthrough";
import { pulumiCli } from "./pulumi-cli";
import type { Printer } from "./demo/printer";

/** Shows what this package does, with the real CLI and a local Apify; fails if that is not true. */
async function demo(keep: "keep" | "remove"): Promise<void> {
  const printer = createPrinter(process.stdout);
  introduce(printer);
  const cli = await pulumiCli();
  const interruption = listenForInterruption();
  const environment = await openEnvironment(cli, interruption, printer);
  try {
    printer.text(
      `The local Apify listens at ${environment.emulator.url}. Pulumi is version ${cli.version} (${cli.pulumi}).`,
    );
    await walkThrough(environment, printer);
    if (keep === "keep") {
      inviteToLookAround(environment, cli.binFolder, printer);
      await interruption.next();
    }
    await destroyStacks(environment, printer);
    conclude(keep, printer);
  } finally {
    interruption.stopListening();
    await environment.emulator.close();
    if (keep === "remove") rmSync(demoFolder, { recursive: true, force: true });
  }
}

function introduce({ heading, text }: Printer): void {
  heading("pulumi-apify: a demo of one to four minutes");
  text(
    "Apify runs programs in its cloud, above all web scrapers: it calls them Actors. A task is an Actor with saved settings, and each run of a task puts its results into a dataset.",
    "Pulumi makes reality match what a program declares: `pulumi up` compares the two, and changes what differs.",
    "pulumi-apify lets such a program declare the run of a task. `pulumi up` starts the run, waits for it, and hands its data on. It runs the task again when its input changes, and not when nothing does.",
    "The whole demo runs on this machine. It needs no account, and costs nothing:\n" +
      "- A local Apify takes Apify's place: a server of this repository that has Apify's API and runs Actors as ordinary processes. The links in the output lead to its pages, which show the runs, their logs and their data. They work as long as it runs: `npm run demo -- --keep` pauses before the end.\n" +
      "- The programs are those of examples/quickstart and examples/consumer. The commands run on copies of them in .cache/demo, with settings for the local Apify. The folder is removed at the end, unless you gave `--keep`.\n" +
      "- Pulumi's command-line tool (CLI) is the one on your PATH, or one from an earlier demo. If there is none, it is downloaded, or built from its source. The build takes about 5 minutes (20 on a busy machine), but only the first time.",
  );
}

function conclude(keep: "keep" | "remove", { heading, text, lines }: Printer): void {
  heading("That was all");
  text(
    keep === "remove"
      ? "The local Apify has ended, and the projects and Pulumi's state are removed. node_modules and dist in this checkout stay, and so does the Pulumi CLI in your cache folder, if it was downloaded or built. What to do next:"
      : "The local Apify has ended. The two projects and Pulumi's state stay until the next demo. This removes them:",
  );
  if (keep === "keep") {
    lines(`rm -rf ${quoted(demoFolder)}`);
    text("What to do next:");
  }
  lines(
    "npm run demo -- --keep   # the same, but pauses before the destroy so that you can look around",
    "npm run emulator         # a local Apify for programs of your own: README.md, Quickstart",
    "npm pack                 # the package for a project of your own: README.md, Install",
  );
}

demo(process.argv.includes("--keep") ? "keep" : "remove").catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = error instanceof InterruptedError ? 130 : 1;
});
