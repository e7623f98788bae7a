import { rmSync } from "node:fs";
import { InterruptedError, watchForInterruption } from "./demo/interruption";
import { inviteToLookAround, quoted } from "./demo/lookAround";
import { narrator, type Narrator } from "./demo/narrator";
import { demoFolder, setStage } from "./demo/stage";
import { destroyStacks, tellStory } from "./demo/story";
import { pulumiCli } from "./pulumi-cli";

/** Shows what this package does, with the real CLI against the local Apify, and fails where it is not as told. */
async function demo(keep: "keep" | "remove"): Promise<void> {
  const narration = narrator(process.stdout);
  introduce(narration);
  const cli = await pulumiCli();
  const interruption = watchForInterruption();
  const stage = await setStage(cli, interruption, narration);
  try {
    narration.tell(
      `The local Apify listens at ${stage.emulator.url}. Pulumi is version ${cli.version} (${cli.pulumi}).`,
    );
    await tellStory(stage, narration);
    if (keep === "keep") {
      inviteToLookAround(stage, cli.binFolder, narration);
      await interruption.awaited();
    }
    await destroyStacks(stage, narration);
    conclude(keep, narration);
  } finally {
    interruption.forget();
    await stage.emulator.close();
    if (keep === "remove") rmSync(demoFolder, { recursive: true, force: true });
  }
}

function introduce({ part, tell }: Narrator): void {
  part("pulumi-apify: a demo of one to four minutes");
  tell(
    "Apify runs programs in its cloud, web scrapers above all: it calls them Actors. A task is an Actor with saved settings, and each run of a task puts its results into a dataset.",
    "Pulumi makes real what a program declares: `pulumi up` compares the program with what is there, and changes what differs.",
    "pulumi-apify lets such a program declare the run of a task. `pulumi up` starts the run, waits for it, and hands its data on. It runs the task again when its input changes, and not when nothing does.",
    "All of the demo happens on this machine. It needs no account, and costs nothing:\n" +
      "- A local Apify takes Apify's place: a server of this repository that has Apify's API and runs Actors as ordinary processes. Links to console.apify.com in the output are what they would be at Apify; as the runs are local, they open nothing.\n" +
      "- The programs are those of examples/quickstart and examples/consumer. The commands run on copies of them in .cache/demo, with settings that lead to the local Apify. The folder is removed at the end; `npm run demo -- --keep` keeps it, and says how to try commands of your own.\n" +
      "- Pulumi's command-line tool (CLI) is the one on your PATH, or one that was fetched before. If there is none, it is downloaded, or built from its source, which takes some 5 minutes the first time (20 on a busy machine), and none after that.",
  );
}

function conclude(keep: "keep" | "remove", { part, tell, show }: Narrator): void {
  part("That was all");
  tell(
    keep === "remove"
      ? "The local Apify has ended, and the projects and Pulumi's state are removed. What stays: node_modules and dist in this checkout, and the Pulumi CLI in your cache folder, if it had to be fetched. What to do next:"
      : "The local Apify has ended. Left behind are the two projects and Pulumi's state, which the next demo replaces. This removes them:",
  );
  if (keep === "keep") {
    show(`rm -rf ${quoted(demoFolder)}`);
    tell("What to do next:");
  }
  show(
    "npm run demo -- --keep   # the same, but stops before the destroy for you to look around",
    "npm run emulator         # a local Apify for programs of your own: README.md, Quickstart",
    "npm pack                 # the package for a project of your own: README.md, Install",
  );
}

demo(process.argv.includes("--keep") ? "keep" : "remove").catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = error instanceof InterruptedError ? 130 : 1;
});
