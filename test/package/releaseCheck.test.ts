import assert from "node:assert/strict";
import { spawnSync, type SpawnSyncReturns } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { copyCheckout, root } from "./support/checkout";

const version = "0.99.0";
const kept = ["test/fixtures/state", "test/fixtures/taskState"];

describe("the check before a release", () => {
  let checkout: string;

  before(() => {
    checkout = join(mkdtempSync(join(tmpdir(), "pulumi-apify-release-")), "checkout");
    copyCheckout(checkout);
    symlinkSync(join(root, "node_modules"), join(checkout, "node_modules"), "dir");
    makeReady();
    git("init", "--quiet");
    commit();
  });
  after(() => {
    rmSync(join(checkout, ".."), { recursive: true, force: true });
  });
  afterEach(() => {
    git("reset", "--quiet", "--hard", "HEAD");
    git("clean", "--quiet", "-fd");
  });

  function edit(path: string, change: (text: string) => string): void {
    const file = join(checkout, path);
    const text = readFileSync(file, "utf8");
    const changed = change(text);
    assert.notEqual(changed, text, path);
    writeFileSync(file, changed);
  }

  /** Does what has to be done by hand before a release. */
  function makeReady(): void {
    const { version: old } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
      version: string;
    };
    const examples = readdirSync(join(checkout, "examples"), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== "actors")
      .map(({ name }) => `examples/${name}/package.json`);
    for (const path of [
      ...["package.json", "package-lock.json", "README.md"],
      ...["provider/resources/userAgent.ts", "examples/github-actions/README.md", ...examples],
    ]) {
      edit(path, (text) => text.replaceAll(old, version));
    }
    edit("package.json", (text) =>
      text.replace(
        '"license"',
        '"repository": { "type": "git", "url": "https://github.com/example/pulumi-apify" },\n  "license"',
      ),
    );
    edit("CHANGELOG.md", (text) => text.replace(/^## .*/m, `## ${version}`));
    for (const folder of kept) {
      const unreleased = join(checkout, folder, "unreleased.json");
      if (!existsSync(unreleased)) writeFileSync(unreleased, "{}");
      renameSync(unreleased, join(checkout, folder, `v${version}.json`));
    }
    assert.equal(run("scripts/schema.ts").status, 0);
  }

  /** Runs a script of the checkout, as its npm script does. */
  function run(...args: readonly string[]): SpawnSyncReturns<string> {
    const typescript = ["-r", "ts-node/register/transpile-only"];
    return spawnSync(process.execPath, [...typescript, ...args], {
      cwd: checkout,
      encoding: "utf8",
    });
  }

  function git(...args: readonly string[]): void {
    const settings = ["-c", "user.name=test", "-c", "user.email=test@example.com"];
    const { status, stderr } = spawnSync("git", [...settings, ...args], {
      cwd: checkout,
      encoding: "utf8",
    });
    assert.equal(status, 0, stderr);
  }

  function commit(): void {
    git("add", "--all");
    git("commit", "--quiet", "--message", "Ready");
  }

  /** What the check says, and that it refuses; empty if it does not. */
  function refusal(tag = `v${version}`): string {
    const { status, stdout, stderr } = run("scripts/releaseCheck.ts", tag);
    if (status === 0) {
      assert.match(stdout, /may be released/);
      return "";
    }
    assert.equal(status, 1, stderr);
    return stderr.trim();
  }

  it("lets a version go that has everything", () => {
    assert.equal(refusal(), "");
  });

  it("refuses a tag of another version", () => {
    assert.equal(refusal("v1.0.0"), `The tag is v1.0.0, but package.json has version ${version}.`);
  });

  it("refuses a version that others name differently", () => {
    const others = ["package-lock.json", "provider/resources/userAgent.ts", "README.md"];
    for (const path of others) edit(path, (text) => text.replace(version, "0.98.0"));
    const said = refusal();
    for (const path of others)
      assert.ok(said.includes(`${path} names 0.98.0, and package.json ${version}.`), said);
  });

  it("refuses a schema or a reference that is not that of the sources", () => {
    edit("provider/native/schema.json", (text) => text.replace("Run an Apify task", "Run a task"));
    edit("docs/reference.md", (text) => text.replace("| required ", "| optional "));
    const said = refusal();
    assert.match(said, /Not up to date: docs\/reference\.md \(`npm run docs`\)/);
    assert.match(said, /Not up to date: provider\/native\/schema\.json \(`npm run schema`\)/);
  });

  it("refuses a package without a repository", () => {
    edit("package.json", (text) => text.replace('"repository"', '"repositories"'));
    assert.match(refusal(), /package\.json names no repository/);
  });

  it("refuses a version that the changelog lacks, or says nothing about", () => {
    edit("CHANGELOG.md", (text) => text.replace(`## ${version}`, "## Unreleased"));
    assert.match(refusal(), /CHANGELOG\.md begins with "Unreleased" instead of 0\.99\.0/);
    edit("CHANGELOG.md", (text) => text.replace("## Unreleased", `## ${version}\n\n## Older`));
    assert.match(refusal(), /CHANGELOG\.md says nothing about 0\.99\.0/);
  });

  it("refuses a version whose own states are not kept", () => {
    for (const folder of kept) {
      const file = (name: string): string => join(checkout, folder, `${name}.json`);
      renameSync(file(`v${version}`), file("unreleased"));
    }
    commitFor(() => {
      assert.match(refusal(), /^test\/fixtures\/taskState has no state of 0\.99\.0/m);
      assert.match(refusal(), /^test\/fixtures\/state\/unreleased\.json is still there/m);
    });
  });

  it("refuses a tree with changes, or with files that git does not know", () => {
    edit("provider/index.ts", (text) => `${text}\n`);
    writeFileSync(join(checkout, "provider/stray.ts"), "");
    assert.deepEqual(refusal().split("\n"), [
      "Not committed: M provider/index.ts",
      "Not committed: ?? provider/stray.ts",
    ]);
  });

  it("refuses a version that would run the task of a kept state again", () => {
    edit("provider/run/intent.ts", (text) =>
      text.replace("one[name] !== other", "one[name] === other"),
    );
    commitFor(() => {
      assert.match(refusal(), /A kept state of an earlier version would change/);
    });
  });

  /** Commits what was changed, and takes the commit back. */
  function commitFor(look: () => void): void {
    commit();
    try {
      look();
    } finally {
      git("reset", "--quiet", "--hard", "HEAD~1");
    }
  }
});
