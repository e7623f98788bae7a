import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { pulumiCli } from "../../../scripts/pulumi-cli";
import { root } from "./checkout";
import { textOf } from "./pages";
import type { Command } from "./shellWords";

/** What is on every machine that follows the pages or runs the workflows. */
const everywhere = [
  "cd",
  ".",
  "export",
  "python3",
  "pip",
  "mkdir",
  "kill",
  "sed",
  "tar",
  "gh",
  "…",
];

/** Says what is wrong with a command: a script, subcommand or flag that does not exist. */
export type ProblemOf = (command: Command) => string | undefined;

/** Looks commands up: npm scripts in `package.json`, others in what `--help` of the program prints. */
export async function openKnownCommands(): Promise<ProblemOf> {
  const { binFolder } = await pulumiCli();
  const helps = new Map<string, string>();
  const help = (program: string, words: readonly string[]): string => {
    const key = [program, ...words].join(" ");
    const known = helps.get(key) ?? helpOf(binFolder, program, words);
    helps.set(key, known);
    return known;
  };
  const { scripts } = JSON.parse(textOf("package.json")) as { readonly scripts: object };

  const pulumi: ProblemOf = (args) => {
    const path: string[] = [];
    for (let rest = [...args]; rest.length > 0;) {
      const [word = "", ...others] = rest;
      const text = help("pulumi", path);
      rest = others;
      if (word.startsWith("-")) {
        const flag = flagIn(text, word);
        if (flag === undefined) return `pulumi ${path.join(" ")} has no ${word}`;
        if (flag === "takes a value" && !word.includes("=")) rest = rest.slice(1);
      } else if (word !== "…" && text.includes(`pulumi ${[...path, "[command]"].join(" ")}`)) {
        // Of an unknown subcommand, and so of a wrong one, Pulumi shows the help of the command above it.
        if (help("pulumi", [...path, word]) === text)
          return `pulumi has no ${[...path, word].join(" ")}`;
        path.push(word);
      }
    }
    return undefined;
  };

  const emulator: ProblemOf = (args) => {
    const text = help(process.execPath, [join(root, "dist/emulator/main.js")]);
    const wrong = args.find((word) => word.startsWith("-") && flagIn(text, word) === undefined);
    return wrong && `the local Apify has no ${wrong}`;
  };

  const npm: ProblemOf = ([name = "", ...args]) => {
    if (name !== "run" && name !== "test")
      return help("npm", [name]).includes(`npm ${name}`) ? undefined : `npm has no ${name}`;
    const [script = "", separator, ...rest] = name === "run" ? args : [name, ...args];
    if (!(script in scripts)) return `package.json has no script ${script}`;
    if (separator === undefined) return undefined;
    if (separator !== "--") return `npm takes ${separator} for itself`;
    if (script === "pulumi") return pulumi(rest);
    return script === "emulator" ? emulator(rest) : undefined;
  };

  const npx: ProblemOf = ([name = "", ...args]) => {
    if (name === "pulumi-apify" && args[0] === "emulator") return emulator(args.slice(1));
    if (!existsSync(join(root, "node_modules/.bin", name))) return `npx finds no ${name}`;
    return args
      .filter((word) => /^test\/[\w/.-]+$/.test(word) && !existsSync(join(root, word)))
      .map((path) => `there is no ${path}`)[0];
  };

  const programs: Readonly<Record<string, ProblemOf>> = { npm, npx, pulumi };
  return ([program = "", ...args]) => {
    if (everywhere.includes(program)) return undefined;
    const problemOf = programs[program];
    return problemOf === undefined ? `nothing knows ${program}` : problemOf(args);
  };
}

function helpOf(binFolder: string, program: string, words: readonly string[]): string {
  const { stdout, stderr } = spawnSync(program, [...words, "--help"], {
    encoding: "utf8",
    env: {
      ...process.env,
      PATH: `${binFolder}${delimiter}${process.env.PATH ?? ""}`,
      PULUMI_SKIP_UPDATE_CHECK: "true",
    },
  });
  return `${stdout}${stderr}`;
}

/** What a help text says of a flag: the name of a value follows it, or only its description. */
function flagIn(text: string, word: string): "takes a value" | "takes none" | undefined {
  const [flag = ""] = word.split("=");
  const escaped = flag.replace(/[^\w-]/g, "\\$&");
  const line = new RegExp(
    `^ *(?:-\\w, )?${escaped}(?:, --[\\w-]+)?( [^\\s[]+)?(?:\\[=\\S+)?(?:\\s{2,}|$)`,
    "m",
  );
  const found = line.exec(text);
  if (found === null) return undefined;
  return found[1] === undefined ? "takes none" : "takes a value";
}
