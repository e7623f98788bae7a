import { readReleaseFacts } from "./release/facts";
import { problemsOf } from "./release/problems";
import { runCaptured } from "./testing/tool";

/** The tests that read the states of all earlier versions, and fail if one would run its task again. */
const keptStateTests = [
  "test/faults/storedStates.test.ts",
  "test/provider/dynamic/storedTaskStates.test.ts",
];

/** What forbids to release this checkout, with this tag if there is one. */
async function releaseProblems(tag: string | undefined): Promise<readonly string[]> {
  const problems = problemsOf(await readReleaseFacts(tag));
  // The tests take long, and a tree that is not ready needs none.
  if (problems.length > 0) return problems;
  const { exitCode, output } = await runCaptured({
    package: "mocha",
    program: "mocha",
    args: keptStateTests,
  });
  return exitCode === 0 ? [] : [output, "A kept state of an earlier version would change."];
}

releaseProblems(process.argv[2])
  .then((problems) => {
    for (const problem of problems) console.error(problem);
    if (problems.length > 0) process.exitCode = 1;
    else console.log("This version may be released.");
  })
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
