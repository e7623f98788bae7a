import { join } from "node:path";
import type { Version } from "./version";

/** The version this project is tested with, which the installer and the Go build provide. */
export const cliVersion = "3.274.1";

/** The last `sdk` module that contains the Node.js language host; it speaks to newer CLIs. */
export const hostVersion = "3.68.0";

/** Older CLIs show a dynamic provider's diffs wrongly or not at all. */
export const oldestInstalledVersion: Version = [3, 216, 0];

/** What `cli/go.mod` asks for. */
export const oldestGo = "1.26.6";

export interface GoBinary {
  readonly name: string;
  /** Holds the pinned `go.mod` and `go.sum`. */
  readonly moduleFolder: string;
  readonly package: string;
  readonly linkerFlags: string;
}

const moduleFolder = (name: string) => join(__dirname, name);

export const cliBinary: GoBinary = {
  name: "pulumi",
  moduleFolder: moduleFolder("cli"),
  package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
  linkerFlags: `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=${cliVersion}`,
};

export const hostBinary: GoBinary = {
  name: "pulumi-language-nodejs",
  moduleFolder: moduleFolder("host"),
  package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
  linkerFlags: "-s -w",
};

/** Its `nodejs/dist` folder holds the scripts by which the CLI starts dynamic providers. */
export const launcherModule = "github.com/pulumi/pulumi/sdk/v3";

export const buildFlags = ["-mod=readonly", "-trimpath", "-buildvcs=false"] as const;

/** Without cgo no C compiler is needed; a workspace around this checkout must not change the build. */
export const buildEnvironment = { CGO_ENABLED: "0", GOWORK: "off" } as const;
