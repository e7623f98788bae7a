import {
  startEmulator,
  type ActorFunction,
  type Emulator,
  type JsonObject,
} from "../../../emulator";
import { taskAccess, type TaskAccess } from "./taskAccess";
import { createProject, temporaryBackend, type Project } from "./project";
import type { Shell } from "../../support/shell";

/** How a sandbox is set up. */
export interface SandboxOptions {
  /** More tasks whose runs go on until a test ends them. Default: none. */
  readonly moreByHand?: readonly string[];
  /** What serves the resources of its projects. Default: the dynamic provider. */
  readonly shell?: Shell;
}

/** What the tests of a suite have to themselves: an Apify, a place for Pulumi's state, and projects in it. */
export interface Sandbox {
  readonly emulator: Emulator;
  /** The token of janedoe, whose account the projects use. */
  readonly token: string;
  /** The tasks of janedoe that were not there at first. */
  readonly tasks: TaskAccess;
  /** What lets a program reach the emulator as janedoe: the token and the base URL. */
  readonly environment: Readonly<Record<string, string>>;
  /** Makes a project with the stack `dev`. Each needs a name of its own. */
  readonly openProject: (
    name: string,
    environment?: Readonly<Record<string, string>>,
  ) => Promise<Project>;
  readonly close: () => Promise<void>;
}

/** What the Actor `janedoe~obedient` does when its input says so; else it succeeds with nothing. */
export interface Orders {
  /** What it writes into its dataset. */
  readonly items?: readonly JsonObject[];
  /** What it writes into the record `OUTPUT` of its key-value store. */
  readonly output?: unknown;
  /** The exit code it ends with. @default 0 */
  readonly exitCode?: number;
  /** Its status message. */
  readonly message?: string;
  /** The lines it writes into its log. */
  readonly log?: readonly string[];
}

/** Does what its input says. */
const obey: ActorFunction = ({ input, ...actor }) => {
  const { items = [], output, exitCode = 0, message, log = [] }: Orders = input;
  for (const line of log) actor.log(line);
  actor.pushData(items);
  if (output !== undefined) actor.setValue("OUTPUT", output);
  if (message !== undefined) actor.setStatusMessage(message);
  return Promise.resolve({ exitCode });
};

const builds = [
  { number: "0.1.1", tags: ["latest"] },
  { number: "0.1.2", tags: ["beta"] },
];

/**
 * Starts an emulator with two accounts. The tasks of janedoe are `scrape` and `scrape-more`, which
 * run the Actor that obeys its input ({@link Orders}), and `by-hand` and `by-hand-too`, whose runs
 * go on until the test ends them. `moreByHand` names further tasks of that kind. The task `private` belongs to johndoe.
 * `obedient-too` is another Actor that obeys, and has no task.
 */
export async function openSandbox({
  moreByHand = [],
  shell = "dynamic",
}: SandboxOptions = {}): Promise<Sandbox> {
  const token = "apify_api_TokenOfJaneDoe";
  const emulator = await startEmulator({
    declaration: {
      users: [
        { username: "janedoe", token },
        { username: "johndoe", token: "apify_api_TokenOfJohnDoe" },
      ],
      actors: [
        { username: "janedoe", name: "obedient", run: obey, builds },
        { username: "janedoe", name: "obedient-too", run: obey, builds },
        { username: "janedoe", name: "by-hand", manual: true, builds },
      ],
      tasks: [
        { username: "janedoe", name: "scrape", actor: "janedoe~obedient" },
        { username: "janedoe", name: "scrape-more", actor: "janedoe~obedient" },
        ...["by-hand", "by-hand-too", ...moreByHand].map((name) => ({
          username: "janedoe",
          name,
          actor: "janedoe~by-hand",
        })),
        { username: "johndoe", name: "private", actor: "janedoe~obedient" },
      ],
    },
  });
  const tasks = await taskAccess(emulator.url, token);
  emulator.clearRequests();
  const backend = temporaryBackend();
  const projects: Project[] = [];
  const environment = { APIFY_TOKEN: token, APIFY_API_BASE_URL: emulator.url };
  return {
    emulator,
    token,
    tasks,
    environment,
    openProject: async (name, itsEnvironment = environment) => {
      const project = await createProject({ backend, name, shell, environment: itsEnvironment });
      projects.push(project);
      return project;
    },
    close: async () => {
      for (const project of projects) project.killAll();
      await emulator.close();
      backend.remove();
    },
  };
}
