import { basename, join } from "node:path";

/** A program that is built from a Go module. */
export interface GoBinary {
  readonly name: string;
  /** The folder with the pinned `go.mod` and `go.sum`. */
  readonly moduleFolder: string;
  readonly package: string;
  readonly linkerFlags: string;
}

/** Pulumi's module with the language hosts, and with scripts that they and the CLI start. */
export const sdkModule = "github.com/pulumi/pulumi/sdk/v3";

/** The last version of that module with the language hosts; they work with newer CLIs. */
export const sdkVersion = "3.68.0";

const sdk = { moduleFolder: join(__dirname, "sdk"), linkerFlags: "-s -w" };
const yaml = { moduleFolder: join(__dirname, "yaml"), linkerFlags: "-s -w" };

/** The hosts of the languages of this project's programs. */
export const languageHosts: readonly GoBinary[] = [
  {
    name: "pulumi-language-nodejs",
    package: `${sdkModule}/nodejs/cmd/pulumi-language-nodejs`,
    ...sdk,
  },
  {
    name: "pulumi-language-python",
    package: `${sdkModule}/python/cmd/pulumi-language-python`,
    ...sdk,
  },
  {
    name: "pulumi-language-yaml",
    package: "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml",
    ...yaml,
  },
];

/** Scripts that the CLI or a language host starts, by their paths in the module. */
export const launchers = [
  "nodejs/dist/pulumi-resource-pulumi-nodejs",
  "python/cmd/pulumi-language-python-exec",
] as const;

/** The programs that a Pulumi CLI needs beside it. */
export const companions: readonly string[] = [
  ...languageHosts.map(({ name }) => name),
  ...launchers.map((path) => basename(path)),
];
