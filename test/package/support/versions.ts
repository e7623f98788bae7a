import { textOf } from "./pages";

/** The version of a package that this repository itself uses. */
export function installedVersion(name: string): string {
  const manifest = textOf(`node_modules/${name}/package.json`);
  return (JSON.parse(manifest) as { readonly version: string }).version;
}
