/** The field `repository` of a package.json. */
export type Repository = string | { readonly url: string };

/**
 * From where Pulumi downloads the plugin: the releases of the repository, which has to be on GitHub. Without a repository
 * nobody knows, and each user has to say it.
 */
export function pluginDownloadUrl(repository: Repository | undefined): string | undefined {
  if (repository === undefined) return undefined;
  const address = typeof repository === "string" ? repository : repository.url;
  const path = /^(?:github:|(?:git\+)?https:\/\/github\.com\/)?([\w-]+\/[\w.-]+?)(?:\.git)?$/.exec(
    address,
  )?.[1];
  if (path === undefined) throw new Error(`${address} is not a repository on GitHub.`);
  return `github://api.github.com/${path}`;
}
