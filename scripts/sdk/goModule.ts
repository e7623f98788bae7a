import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../testing/tool";

/** The versions of Pulumi's modules from which the CLI is built. */
const ofCli = join(root, "scripts/pulumi-cli/cli");

/** The environment of Go's commands: the cache of a CLI that was built here serves them, and no C compiler is needed. */
export const goEnvironment = { CGO_ENABLED: "0", GOWORK: "off" } as const;

/** Lets Go add what is not pinned because the CLI itself does not need it. */
export const goFlags = ["-mod=mod", "-trimpath", "-buildvcs=false"] as const;

/**
 * Makes a folder a Go module that depends on pinned versions of Pulumi's modules: those in the folder `versions`. `more` is
 * added to its `go.mod`.
 */
export function makeGoModule(
  folder: string,
  { module, versions = ofCli, more = "" }: { module: string; versions?: string; more?: string },
): void {
  const text = readFileSync(join(versions, "go.mod"), "utf8");
  writeFileSync(join(folder, "go.mod"), text.replace(/^module .*/m, `module ${module}`) + more);
  cpSync(join(versions, "go.sum"), join(folder, "go.sum"));
}
