/**
 * What the doc comments say of TypeScript programs and of the dynamic provider alone, and what the schema says instead:
 * the other languages have neither.
 */
const replacements: readonly (readonly [from: string, to: string])[] = [
  [
    " Values arrive as `JSON.stringify` writes them; what JSON cannot hold is refused, with its path. `pulumi.output` and `pulumi.secret` turn a Date into `{}`: pass them `date.toISOString()`.",
    "",
  ],
  [" `run` is the same, parsed.", ""],
  ["`run`, `runJson`, `links`", "`runJson`, `links`"],
  [
    " An output that Apify does not give is `undefined`. Pulumi stores only `runJson`, `links` and `expired`, because each stored value costs time in every command; the other outputs are read from these.",
    " An output that Apify does not give is absent.",
  ],
  ["`undefined` if the store has no such record", "absent if the store has no such record"],
];

/** The schema with descriptions that are true in every language. Throws if a doc comment does not say any more what is replaced. */
export function withTextsForAllLanguages<Schema extends object>(schema: Schema): Schema {
  const unused = new Set(replacements.map(([from]) => from));
  const converted = JSON.parse(JSON.stringify(schema), (key, value: unknown) =>
    key === "description" && typeof value === "string" ? textOf(value, unused) : value,
  ) as Schema;
  if (unused.size > 0) throw new Error(`No doc comment says: ${[...unused].join("\n")}`);
  return converted;
}

function textOf(doc: string, unused: Set<string>): string {
  return replacements.reduce(
    (text, [from, to]) => {
      if (!text.includes(from)) return text;
      unused.delete(from);
      return text.replace(from, to);
    },
    doc.replace(/ ```ts.*?```/, "").replace(/\{@link (\w+)\}/g, "$1"),
  );
}
