import type { Check } from "./check";
import type { Verdict } from "./verdict";

/** What to say before anything is sent. */
export interface Plan {
  readonly baseUrl: string;
  readonly actor: string;
  readonly prefix: string;
  readonly checks: number;
}

/** Says what will be done, and what it costs. */
export function introduction({ baseUrl, actor, prefix, checks }: Plan): string {
  return `${checks} checks of what pulumi-apify assumes about Apify (docs/assumptions.md), at ${baseUrl}.

They create up to three tasks of the Actor ${actor}, named ${prefix}…, and
start about 20 short runs with 256 or 512 MB. With apify/hello-world all this takes three to five
minutes, and costs less than 0.01 USD of platform usage as a rule, 0.05 USD at most. Another Actor may
cost more. Everything that they create is removed at the end, also after a failure or ^C.
`;
}

const labels: Readonly<Record<Verdict["outcome"], string>> = {
  holds: "holds          ",
  doesNotHold: "DOES NOT HOLD  ",
  notChecked: "not checked    ",
};

const indent = " ".repeat(labels.holds.length);

/** What came of one check. */
export function verdictLines(
  { id, assumption, title }: Pick<Check, "id" | "assumption" | "title">,
  { outcome, words }: Verdict,
): string {
  const beginning = { holds: "Seen", doesNotHold: "Seen instead", notChecked: "Because" }[outcome];
  const shown = words.replaceAll("\n", `\n${indent}`);
  return `${labels[outcome]}${assumption} ${id}: ${title}.\n${indent}${beginning}: ${shown}`;
}

/** What could not be removed; what was, in general. */
export function leftLines(left: readonly string[]): string {
  if (left.length === 0) return "\nEverything that was created is removed.";
  return ["\nNOT REMOVED, so please remove it by hand:", ...left.map((each) => `- ${each}`)].join(
    "\n",
  );
}

/** How many assumptions hold, and which do not. */
export function summary(verdicts: ReadonlyMap<string, Verdict>): string {
  const idsWith = (wanted: Verdict["outcome"]): readonly string[] =>
    [...verdicts].flatMap(([id, { outcome }]) => (outcome === wanted ? [id] : []));
  const wrong = idsWith("doesNotHold");
  const open = idsWith("notChecked");
  return [
    `${idsWith("holds").length} hold, ${wrong.length} do not hold, ${open.length} could not be checked.`,
    ...(open.length === 0 ? [] : [`Could not be checked: ${open.join(", ")}`]),
    ...(wrong.length === 0
      ? []
      : [`DO NOT HOLD: ${wrong.join(", ")}. docs/assumptions.md says what follows from that.`]),
  ].join("\n");
}
