import { isObject } from "../json";
import { factGroup } from "./fields";
import { html } from "./html";
import { sizeText } from "./recordsTable";
import { actorPath } from "./paths";
import { durationText } from "./times";
import { jsonBlock, valueOf } from "./values";
import type { Content, Html } from "./html";
import type { RunEntry } from "../state/entities";
import type { ShownRun } from "./shownRun";

const millisPerSecond = 1000;

/** How a run was started, and what it has used. */
export function runDetails({ entry }: ShownRun): Html {
  const { run, webhooks } = entry;
  // A test can put anything into these fields.
  const meta: unknown = run.meta;
  const { origin, userAgent, clientIp, scheduleId } = isObject(meta) ? meta : {};
  const key = typeof userAgent === "string" ? runKeyIn(userAgent) : undefined;
  const metamorphs: unknown = run.metamorphs;
  return html`<section aria-labelledby="details-heading">
    <h2 id="details-heading">Details</h2>
    ${factGroup("Start", [
      ["Origin", known(origin)],
      ["Run key", key === undefined ? undefined : html`<code>${key}</code>`],
      ["User agent", known(userAgent)],
      ["Client address", known(clientIp)],
      ["Schedule", known(scheduleId)],
    ])}
    ${factGroup("Options", entriesOf(run.options))}
    ${factGroup("Usage", [
      ["Cost", costText(run.usageTotalUsd)],
      ...Object.entries(run.chargedEventCounts ?? {}).map(
        ([event, count]) => [`Charged: ${event}`, known(count)] as const,
      ),
      ...entriesOf(run.stats),
    ])}
    ${
      Array.isArray(metamorphs)
        ? html`<h3>Metamorphs</h3>
            <ol>
              ${metamorphs.map((each) => html`<li>${metamorphText(each)}</li>`)}
            </ol>`
        : undefined
    }
    ${
      webhooks.length === 0
        ? undefined
        : html`<h3>Webhooks of this run</h3>
            ${dispatchList(entry)} ${jsonBlock(webhooks)}`
    }
  </section>`;
}

function dispatchList({ deliveries }: RunEntry): Html {
  return html`<ul>
    ${deliveries.map(
      ({ dispatch: { eventType, status, calls } }) =>
        html`<li>${eventType}: ${status}, ${calls.length} attempts</li>`,
    )}
  </ul>`;
}

/** The provider names a run in its user agent: `(run-key …)`. */
function runKeyIn(userAgent: string): string | undefined {
  return /\(run-key ([^()\s]+)\)/.exec(userAgent)?.[1];
}

function known(value: unknown): Html | undefined {
  return value === undefined || value === null ? undefined : valueOf(value);
}

/** Zero says nothing in a list of statistics. */
function entriesOf(fields: unknown): [string, Content][] {
  if (!isObject(fields)) return [];
  return Object.entries(fields).map(([name, value]) =>
    typeof value === "number" ? inUnit(name, value) : [wordsOf(name), known(value)],
  );
}

/** The units that end the names of Apify's fields. */
const units: Readonly<Record<string, (value: number) => string>> = {
  Secs: (value) => durationText(value * millisPerSecond),
  Millis: durationText,
  Mbytes: (value) => `${value} MB`,
  Bytes: sizeText,
  Len: sizeText,
  Usd: (value) => `$${value}`,
};

function inUnit(name: string, value: number): [string, Content] {
  const unit = Object.keys(units).find((each) => name.endsWith(each)) ?? "";
  const words = wordsOf(name.slice(0, name.length - unit.length));
  return [words, value === 0 ? undefined : (units[unit]?.(value) ?? Number(value.toFixed(4)))];
}

/** The names of Apify's fields, without their units, whose words alone would not be understood. */
const plainWords: Readonly<Record<string, string>> = {
  maxItems: "Most items paid for",
  maxTotalCharge: "Highest charge",
  inputBody: "Size of the input",
  migrationCount: "Migrations",
  rebootCount: "Reboots",
  restartCount: "Restarts after errors",
  resurrectCount: "Resurrections",
  metamorph: "Metamorphs",
  memAvg: "Memory, average",
  memMax: "Memory, highest",
  memCurrent: "Memory, last",
  cpuAvgUsage: "Processor use, average",
  cpuMaxUsage: "Processor use, highest",
  cpuCurrentUsage: "Processor use, last",
  netRx: "Received from the network",
  netTx: "Sent to the network",
  duration: "Duration",
  runTime: "Time that the program ran",
};

/** `restartOnError` as `Restart on error`. */
function wordsOf(name: string): string {
  const plain = plainWords[name];
  if (plain !== undefined) return plain;
  const words = name.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function costText(usd: unknown): string | undefined {
  return typeof usd === "number" && usd > 0 ? `$${usd.toFixed(usd < 0.01 ? 6 : 4)}` : undefined;
}

function metamorphText(metamorph: unknown): Html {
  if (!isObject(metamorph)) return valueOf(metamorph);
  const { createdAt, actorId, inputKey } = metamorph;
  const actor = String(actorId);
  return html`${String(createdAt)}: Actor <a href="${actorPath(actor)}">${actor}</a>, input
    <code>${String(inputKey)}</code>`;
}
