import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { root } from "./support/checkout";
import { codeBlocks, codeBlocksIn, inlineCodeIn } from "./support/codeBlocks";
import { openKnownCommands } from "./support/knownCommands";
import { pages, textOf } from "./support/pages";
import { commandsIn } from "./support/shellWords";
import type { CodeBlock } from "./support/codeBlocks";
import type { ProblemOf } from "./support/knownCommands";

/** Compiles blocks as the modules of one program, which gets this package by its public names. Returns what is wrong. */
function compile(blocks: readonly CodeBlock[]): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-apify-blocks-"));
  try {
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "dir");
    blocks.forEach(({ prelude, text }, index) => {
      writeFileSync(join(folder, `block${index}.ts`), `${prelude}\n${text}\nexport {};\n`);
    });
    const compilerOptions = {
      ...{ strict: true, noEmit: true, skipLibCheck: true, pretty: false },
      ...{ target: "es2022", module: "esnext", moduleResolution: "bundler", types: ["node"] },
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions }));
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    const { stdout } = spawnSync(process.execPath, [tsc], { cwd: folder, encoding: "utf8" });
    return stdout
      .trim()
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => line.replace(/^block(\d+)\.ts/, (_, index) => whereOf(blocks, Number(index))));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function whereOf(blocks: readonly CodeBlock[], index: number): string {
  return blocks[index]?.where ?? "?";
}

/** The commands of a block: all lines of a script, or those of a session at a prompt. */
function scriptOf({ language, text }: CodeBlock): string {
  if (language === "sh") return text;
  return [...text.matchAll(/^\$ (.*)$/gm)].map(([, command = ""]) => command).join("\n");
}

describe("the code in the documents", () => {
  const blocks = codeBlocks();
  const inLanguage = (...languages: readonly string[]): readonly CodeBlock[] =>
    blocks.filter(({ language }) => languages.includes(language));

  let problemOf: ProblemOf;
  before(async () => {
    problemOf = await openKnownCommands();
  });
  const problemsOf = (script: string): readonly string[] =>
    commandsIn(script).flatMap((command) => problemOf(command) ?? []);

  it("is in languages that are checked here", () => {
    const checked = ["ts", "json", "yaml", "python", "sh", "console"];
    const noCode = ["", "mermaid"];
    // The tests of the packages compile the Go program and look up the names that the C# program uses. Nothing checks the Java program.
    const elsewhere = ["go", "java", "csharp"];
    const known = [...checked, ...noCode, ...elsewhere];
    const others = blocks.filter(({ language }) => !known.includes(language));
    assert.deepEqual(others, []);
    for (const language of checked) assert.notDeepEqual(inLanguage(language), [], language);
  });

  it("compiles where it is TypeScript", () => {
    assert.deepEqual(compile(inLanguage("ts")), []);
  });

  it("would not compile with a name that the package does not have", () => {
    const block =
      '<!-- prelude:\nimport * as apify from "pulumi-apify";\n-->\n\n```ts\napify.Wrong;\n```\n';
    const [problem = "", ...others] = compile(codeBlocksIn("PAGE.md", block));
    assert.match(problem, /^PAGE\.md:6.*Property 'Wrong' does not exist/);
    assert.deepEqual(others, []);
  });

  it("is JSON where it says so", () => {
    for (const { where, text } of inLanguage("json"))
      assert.doesNotThrow(() => void JSON.parse(text), where);
  });

  it("is YAML where it says so", () => {
    for (const { where, text } of inLanguage("yaml"))
      assert.doesNotThrow(() => void parse(text), where);
  });

  it("is Python where it says so", () => {
    for (const { where, text } of inLanguage("python")) {
      const input = JSON.stringify(text);
      const program = "import ast, json, sys; ast.parse(json.load(sys.stdin))";
      const { status, stderr } = spawnSync("python3", ["-c", program], { input, encoding: "utf8" });
      assert.equal(status, 0, `${where}: ${stderr}`);
    }
  });

  it("has commands and flags that exist, where it is a script or a session", () => {
    const problems = inLanguage("sh", "console").flatMap((block) =>
      problemsOf(scriptOf(block)).map((problem) => `${block.where}: ${problem}`),
    );
    assert.deepEqual(problems, []);
  });

  it("has commands and flags that exist, where it is within a sentence", () => {
    const problems = pages().flatMap((page) =>
      inlineCodeIn(textOf(page))
        .filter((code) => /^(pulumi|npx pulumi-apify|npm run) /.test(code))
        .flatMap((code) => problemsOf(code).map((problem) => `${page}: ${problem}: ${code}`)),
    );
    assert.deepEqual(problems, []);
  });

  for (const wrong of [
    "pulumi upp",
    "pulumi up --replaced x",
    "pulumi stack initialise",
    "npm run tset",
    "npm pakc",
    "npx pulumi-apify emulator --ports 1",
    "npm run pulumi -- -C examples upp",
    "pulumee up",
  ]) {
    it(`would not have \`${wrong}\``, () => {
      assert.equal(problemsOf(wrong).length, 1);
    });
  }
});
