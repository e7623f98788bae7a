import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { create } from "tar";
import { version } from "../../provider/resources/userAgent";
import { root } from "../testing/tool";

/** A system and a processor, by the names that Pulumi has for them. */
export interface Platform {
  readonly os: "darwin" | "linux" | "windows";
  readonly arch: "amd64" | "arm64";
}

const program = "pulumi-resource-apify";

const platforms: readonly Platform[] = (["darwin", "linux", "windows"] as const).flatMap((os) =>
  (["amd64", "arm64"] as const).map((arch) => ({ os, arch })),
);

/** The name by which `pulumi plugin install` asks a server for the plugin. */
export function archiveName({ os, arch }: Platform): string {
  return `${program}-v${version}-${os}-${arch}.tar.gz`;
}

/**
 * Writes the archives of the built plugin into a folder, and `SHA256SUMS`. The same plugin gives the same bytes; only another
 * version of Node may compress them in another way.
 */
export async function writeArchives(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const staging = mkdtempSync(join(tmpdir(), "pulumi-apify-archives-"));
  try {
    stage(staging);
    for (const platform of platforms) {
      const file = join(folder, archiveName(platform));
      // `portable` leaves out owners and all times but this one.
      const options = { cwd: staging, gzip: true, portable: true, mtime: new Date(0) };
      await create({ ...options, file }, [...filesFor(platform)]);
    }
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
  writeFileSync(join(folder, "SHA256SUMS"), checksums(folder));
}

/** On Windows, Pulumi runs the `.exe` beside the program or else the `.cmd`. */
function filesFor({ os }: Platform): readonly string[] {
  const files = ["LICENSE", "THIRD_PARTY_LICENSES", "package.json", program];
  return os === "windows" ? [...files, `${program}.cmd`] : files;
}

function stage(folder: string): void {
  const plugin = join(root, "plugin");
  const write = (name: string, content: string | Buffer, mode = 0o644): void => {
    writeFileSync(join(folder, name), content);
    // Whatever the umask is.
    chmodSync(join(folder, name), mode);
  };
  write("LICENSE", readFileSync(join(root, "LICENSE")));
  for (const name of ["THIRD_PARTY_LICENSES", "package.json", `${program}.cmd`]) {
    write(name, readFileSync(join(plugin, name)));
  }
  write(program, withShellHead(readFileSync(join(plugin, program), "utf8")), 0o755);
}

/**
 * The program with a head that can say that there is no Node. A shell runs its second line; for JavaScript that line is a
 * text and a comment. The npm package keeps the usual first line: npm reads it to make a command for Windows.
 */
function withShellHead(text: string): string {
  const usual = "#!/usr/bin/env node\n";
  if (!text.startsWith(usual)) throw new Error(`${program} does not begin with ${usual}`);
  const sentence =
    'The Pulumi plugin for Apify needs Node.js 20 or newer, and there is no "node" on the PATH.';
  const head = `#!/bin/sh\n":" //; command -v node >/dev/null || { echo '${sentence}' >&2; exit 1; }; exec node "$0" "$@"\n`;
  return head + text.slice(usual.length);
}

/** The checksums in the form that `sha256sum --check` reads. */
function checksums(folder: string): string {
  return platforms
    .map(archiveName)
    .map((name) => {
      const hash = createHash("sha256").update(readFileSync(join(folder, name)));
      return `${hash.digest("hex")}  ${name}\n`;
    })
    .join("");
}
