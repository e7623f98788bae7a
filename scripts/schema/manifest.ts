import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../testing/tool";
import { pluginDownloadUrl } from "./pluginDownloadUrl";

/** What the schema takes from package.json. */
export interface Manifest {
  readonly description: string;
  readonly license: string;
  readonly homepage?: string;
  readonly repository?: { readonly url: string };
}

/** Reads package.json. */
export function readManifest(): Manifest {
  return JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Manifest;
}

/** Where the package is at home, as far as package.json tells. */
export function links({ homepage, repository }: Manifest) {
  return {
    ...(homepage === undefined ? {} : { homepage }),
    ...(repository === undefined
      ? {}
      : {
          repository: repository.url.replace(/^git\+|\.git$/g, ""),
          pluginDownloadURL: pluginDownloadUrl(repository.url),
        }),
  };
}
