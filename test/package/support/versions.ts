import { textOf } from "./pages";

/** The version or range with which this repository itself uses a package. */
export function developmentVersion(name: string): string {
  const { devDependencies } = JSON.parse(textOf("package.json")) as {
    readonly devDependencies: Readonly<Record<string, string>>;
  };
  const version = devDependencies[name];
  if (version === undefined) throw new Error(`This repository does not use ${name}.`);
  return version;
}
