import { createHash } from "node:crypto";
import { access, chmod, copyFile, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fillCache } from "./cache";
import { runCommand, say, withProgress } from "./command";
import { languageHosts, launchers, sdkModule, sdkVersion } from "./hosts/hosts";
import type { Cache } from "./cache";
import type { GoBinary } from "./hosts/hosts";
import type { CliBinaries } from "./installed";

/** The version that this project is tested with, and downloads or builds. */
export const cliVersion = "3.274.1";

/** The Go version that `cli/go.mod` requires. */
export const oldestGo = "1.26.6";

/** The CLI itself. */
export const cliBinary: GoBinary = {
  name: "pulumi",
  moduleFolder: join(__dirname, "cli"),
  package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
  linkerFlags: `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=${cliVersion}`,
};

const allBinaries: readonly GoBinary[] = [...languageHosts, cliBinary];

const buildFlags = ["-mod=readonly", "-trimpath", "-buildvcs=false"] as const;

/** Without cgo, no C compiler is needed. A Go workspace around this checkout must not take part. */
const buildEnvironment = { CGO_ENABLED: "0", GOWORK: "off" } as const;

const installerUrl = "https://get.pulumi.com/install.sh";
/** Short, so that a machine without internet access soon tries the next way. */
const fetchTimeoutMillis = 10_000;
const installTimeoutMillis = 300_000;
/** Go waits forever for a module proxy that accepts a connection and never answers. */
const goTimeoutMillis = 60 * 60_000;

/** Downloads the CLI with Pulumi's installer. */
export async function downloadWithInstaller(cache: Cache): Promise<CliBinaries> {
  const script = await fetchInstaller();
  return fillCache(cache, (root) =>
    withProgress(`installing the Pulumi CLI ${cliVersion} with ${installerUrl}`, async () => {
      const file = join(root, "install.sh");
      await writeFile(file, script);
      const target = ["--no-edit-path", "--install-root", root];
      await runCommand("sh", [file, ...target, "--version", cliVersion], {
        cwd: root,
        timeoutMillis: installTimeoutMillis,
      });
    }),
  );
}

async function fetchInstaller(): Promise<string> {
  try {
    const response = await fetch(installerUrl, { signal: AbortSignal.timeout(fetchTimeoutMillis) });
    if (!response.ok) throw new Error(`it answered ${response.status}`);
    return await response.text();
  } catch (error) {
    const reason = innermostMessage(error);
    throw new Error(`${installerUrl} could not be fetched: ${reason}`, { cause: error });
  }
}

/** `fetch` only says "fetch failed"; the reason is in the cause. */
function innermostMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : innermostMessage(error.cause);
}

/** Builds the CLI and the language hosts from their Go modules. */
export async function buildWithGo(cache: Cache): Promise<CliBinaries> {
  await runCommand("go", ["version"]);
  say(`building the Pulumi CLI ${cliVersion} from its source, once; it is kept in ${cache.folder}`);
  return fillCache(cache, async (root) => {
    const binFolder = join(root, "bin");
    const temporary = join(root, "go");
    const caches = await chooseGoCaches(await userGoCaches(), temporary);
    await withProgress("step 1 of 2, downloading its Go modules (up to 3 minutes)", async () => {
      for (const binary of allBinaries) await downloadModules(binary, caches);
    });
    await withProgress(
      "step 2 of 2, building it (5 minutes with 2 processors, up to 20 if they are busy)",
      async () => {
        for (const binary of allBinaries) await build(binary, binFolder, caches);
      },
    );
    await copyLaunchers(binFolder, caches);
    await rm(temporary, { recursive: true, force: true });
  });
}

/** Downloads only modules that the build needs, and makes them writable, so that `rm` can delete them. */
async function downloadModules(binary: GoBinary, caches: GoCaches): Promise<void> {
  const flags = ["-deps", "-f", "", "-modcacherw", ...buildFlags];
  await runGo(["list", ...flags, binary.package], binary, caches);
}

async function build(binary: GoBinary, binFolder: string, caches: GoCaches): Promise<void> {
  const output = join(binFolder, binary.name);
  const flags = [...buildFlags, "-modcacherw", "-ldflags", binary.linkerFlags, "-o", output];
  await runGo(["build", ...flags, binary.package], binary, caches);
}

/** The launchers are scripts, which are not executable in the module. */
async function copyLaunchers(binFolder: string, caches: GoCaches): Promise<void> {
  const args = ["list", "-m", "-f", "{{.Dir}}", sdkModule];
  const module = await runGo(args, cliBinary, caches);
  for (const launcher of launchers) {
    const copy = join(binFolder, basename(launcher));
    await copyFile(join(module, launcher), copy);
    await chmod(copy, 0o755);
  }
}

function runGo(args: readonly string[], binary: GoBinary, caches: GoCaches): Promise<string> {
  return runCommand("go", args, {
    cwd: binary.moduleFolder,
    env: { ...buildEnvironment, ...caches },
    timeoutMillis: goTimeoutMillis,
  });
}

/** The folders of Go's downloads and compiled packages, by the environment variables that set them. */
export interface GoCaches {
  readonly GOMODCACHE: string;
  readonly GOCACHE: string;
}

async function userGoCaches(): Promise<GoCaches> {
  return JSON.parse(await runCommand("go", ["env", "-json", "GOMODCACHE", "GOCACHE"])) as GoCaches;
}

/**
 * The user's caches where they exist, as they may have what the build needs; else folders in
 * `temporary`, because the build writes gigabytes that are of no use later.
 */
export async function chooseGoCaches(user: GoCaches, temporary: string): Promise<GoCaches> {
  return {
    GOMODCACHE: (await exists(user.GOMODCACHE)) ? user.GOMODCACHE : join(temporary, "modules"),
    GOCACHE: (await exists(user.GOCACHE)) ? user.GOCACHE : join(temporary, "build"),
  };
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** The cache key of the CLI: its versions, the machine, and a hash of all that the build depends on. */
export async function cacheKey(binaries = allBinaries): Promise<string> {
  const contents = [JSON.stringify({ buildFlags, buildEnvironment, sdkModule, launchers })];
  for (const { moduleFolder, ...binary } of binaries) {
    contents.push(JSON.stringify(binary));
    for (const file of ["go.mod", "go.sum"]) {
      contents.push(await readFile(join(moduleFolder, file), "utf8"));
    }
  }
  return versionKey({ os: process.platform, arch: process.arch, contents });
}

/** The parts of a cache key. */
export interface KeyParts {
  readonly os: string;
  readonly arch: string;
  /** Everything that the binaries are made from. */
  readonly contents: readonly string[];
}

/** A name such as `3.274.1-host-3.68.0-linux-x64-0123456789ab`. */
export function versionKey({ os, arch, contents }: KeyParts): string {
  const hash = createHash("sha256").update(JSON.stringify(contents)).digest("hex").slice(0, 12);
  return `${cliVersion}-host-${sdkVersion}-${os}-${arch}-${hash}`;
}
