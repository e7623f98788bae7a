import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../testing/tool";

const pinned = join(root, "scripts/pulumi-cli/cli");

/** The environment of Go's commands: the cache of a CLI that was built here serves them, and no C compiler is needed. */
export const goEnvironment = { CGO_ENABLED: "0", GOWORK: "off" } as const;

/** Lets Go add what the CLI itself does not need; the versions and checksums are those that are pinned for the CLI. */
export const goFlags = ["-mod=mod", "-trimpath", "-buildvcs=false"] as const;

/** Makes a folder a Go module that depends on the pinned versions of Pulumi's modules. `more` is added to its `go.mod`. */
export function makeGoModule(
  folder: string,
  { module, more = "" }: { module: string; more?: string },
): void {
  const text = readFileSync(join(pinned, "go.mod"), "utf8");
  writeFileSync(join(folder, "go.mod"), text.replace(/^module .*/m, `module ${module}`) + more);
  cpSync(join(pinned, "go.sum"), join(folder, "go.sum"));
}
