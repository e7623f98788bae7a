import type { ReleaseFacts } from "./facts";

/** What forbids the release of a version; nothing if it may be released. */
export function problemsOf(facts: ReleaseFacts): readonly string[] {
  const { version, tag, repository, outdated, uncommitted } = facts;
  const otherVersions = [...facts.versions].filter(([, named]) => named !== version);
  return [
    ...(tag === undefined || tag === `v${version}`
      ? []
      : [`The tag is ${tag}, but package.json has version ${version}.`]),
    ...otherVersions.map(
      ([place, named]) => `${place} names ${named ?? "no version"}, and package.json ${version}.`,
    ),
    ...(repository === "missing"
      ? ["package.json names no repository, which npm's provenance needs."]
      : []),
    ...changelogProblems(facts),
    ...outdated.map((file) => `Not up to date: ${file}.`),
    ...keptStateProblems(facts),
    ...uncommitted.map((file) => `Not committed: ${file.trim()}`),
  ];
}

/** The first section of the changelog must be that of the version, and say something. */
function changelogProblems({ changelog, version }: ReleaseFacts): readonly string[] {
  const [, first = "nothing", text = ""] =
    /^## (.*)\n([^]*?)(?=^## |(?![^]))/m.exec(changelog) ?? [];
  if (first !== version) return [`CHANGELOG.md begins with "${first}" instead of ${version}.`];
  return text.trim() === "" ? [`CHANGELOG.md says nothing about ${version}.`] : [];
}

/** Each later version has to read what this one stores (docs/upgrading.md). */
function keptStateProblems({ keptStates, version }: ReleaseFacts): readonly string[] {
  return [...keptStates].flatMap(([folder, files]) => [
    ...(files.includes(`v${version}.json`) ? [] : [`${folder} has no state of ${version}.`]),
    ...(files.includes("unreleased.json")
      ? [`${folder}/unreleased.json is still there: it belongs in v${version}.json.`]
      : []),
  ]);
}
