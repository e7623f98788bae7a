import { resolve } from "node:path";
import {
  loadDeclaration,
  realClock,
  startEmulator,
  type Declaration,
  type Emulator,
} from "../../../emulator";
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
  /** Sets Apify's clock this much behind that of the machine; a run that starts then is that old at once. */
  setApifyBehind(millis: number): void;
  close(): Promise<void>;
}

/** The users, Actors and tasks of `npm run emulator`. */
export function declarationOfExamples(): Declaration {
  return loadDeclaration(resolve(examples, "actors.json"));
}

/** Opens an example; unless an environment is given, it holds the token of `local`. */
export async function openExample(
  name: string,
  {
    environment = { APIFY_TOKEN: "emulator-token" },
    declaration = declarationOfExamples(),
  }: {
    readonly environment?: Readonly<Record<string, string>>;
    readonly declaration?: Declaration;
  } = {},
): Promise<Example> {
  let behindMillis = 0;
  const clock = { ...realClock, now: () => realClock.now() - behindMillis };
  const emulator = await startEmulator({ declaration, clock });
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
    setApifyBehind: (millis) => {
      behindMillis = millis;
    },
    close: async () => {
      await emulator.close();
      backend.remove();
    },
  };
}
