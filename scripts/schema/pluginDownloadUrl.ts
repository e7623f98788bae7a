/**
 * From where Pulumi downloads the plugin: the releases of the repository that package.json names, which has to be on GitHub.
 */
export function pluginDownloadUrl(repository: string): string {
  const pattern = /^(?:git\+)?https:\/\/github\.com\/([\w-]+\/[\w.-]+?)(?:\.git)?$/;
  const path = pattern.exec(repository)?.[1];
  if (path === undefined) throw new Error(`${repository} is not a repository on GitHub.`);
  return `github://api.github.com/${path}`;
}
