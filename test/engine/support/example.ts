import { resolve } from "node:path";
import { loadDeclaration, startEmulator, type Declaration, type Emulator } from "../../../emulator";
import { succeeds } from "./acceptance";
import { fixture } from "./fixture";
import { createProject, temporaryBackend, type CommandResult, type Project } from "./project";
import { openReadme, type Readme } from "./readme";

const examples = resolve(__dirname, "../../../examples");

/** A project of `examples/`, copied, and the emulator that `npm run emulator` starts. */
export interface Example {
  readonly emulator: Emulator;
  readonly project: Project;
  readonly readme: Readme;
  /**
   * Runs the commands that this block of the example's README shows, and holds what they print
   * against what the block says that they do.
   */
  documented(block: string): Promise<CommandResult>;
  /** Makes all runs this much older, and has Pulumi see it. */
  age(millis: number): Promise<void>;
  close(): Promise<void>;
}

/** The users, Actors and tasks of `npm run emulator`. */
export function declarationOfExamples(): Declaration {
  return loadDeclaration(resolve(examples, "actors.json"));
}

/** What an example is opened with. */
export interface ExampleOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly declaration?: Declaration;
}

/** Opens an example; unless an environment is given, it holds the token of `janedoe`. */
export async function openExample(
  name: string,
  {
    environment = { APIFY_TOKEN: "emulator-token" },
    declaration = declarationOfExamples(),
  }: ExampleOptions = {},
): Promise<Example> {
  const emulator = await startEmulator({ declaration });
  const backend = temporaryBackend();
  const project = await createProject({
    backend,
    name,
    example: name,
    environment: {
      ...environment,
      APIFY_API_BASE_URL: emulator.url,
      // `tsc` checks the types of all examples at once.
      PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    },
  });
  const readme = openReadme(resolve(examples, name, "README.md"));
  return {
    emulator,
    project,
    readme,
    documented: async (block) => {
      const result = await project.shell(readme.scriptOf(block));
      readme.shows(block, result.output);
      return result;
    },
    age: async (millis) => {
      for (const { id, startedAt } of emulator.runs()) {
        const earlier = new Date(Date.parse(startedAt) - millis).toISOString();
        emulator.setStatus(id, { startedAt: earlier });
      }
      await succeeds(project.refresh());
    },
    close: async () => {
      await emulator.close();
      backend.remove();
    },
  };
}

/** Describes tests of an example, which share it: each goes on from what the one before has left. */
export function describeExample(
  name: string,
  tests: (example: Omit<Example, "close">) => void,
  options: () => ExampleOptions | Promise<ExampleOptions> = () => ({}),
): void {
  describe(`the example ${name}`, () => {
    tests(fixture("suite", async () => openExample(name, await options())));
  });
}
