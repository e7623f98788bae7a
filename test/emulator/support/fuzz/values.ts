import type { Choices } from "./choices";

const texts = [
  "",
  " ",
  "0",
  "-1",
  "1e400",
  "NaN",
  "Infinity",
  "1.5",
  "9007199254740993",
  "true",
  "null",
  "undefined",
  "..",
  "../../etc/passwd",
  "%",
  "%2f",
  "%2e%2e%2f",
  "%00",
  "%ff%fe",
  "%E0%A4%A",
  "~",
  "~~",
  "a~b~c",
  "__proto__",
  "constructor",
  "toString",
  "me",
  "last",
  "default",
  "INPUT",
  "'; drop table runs; --",
  "<script>alert(1)</script>",
  "${7*7}",
  "\u0000",
  "\u{1F600}",
  "ä€𝄞",
  "\u202Eabc",
  "\uFEFF",
  "\r\nX-Injected: 1",
  "a".repeat(300),
  "ü".repeat(700),
] as const;

/** A text that programs have trouble with. */
export function hostileText({ among, oneIn, below }: Choices): string {
  if (oneIn(50)) return "x".repeat(below(9_000));
  return among(texts);
}

/** Names that the API knows, so that random objects reach deep into it. */
const fieldNames = [
  "name",
  "title",
  "description",
  "actId",
  "input",
  "options",
  "build",
  "timeoutSecs",
  "memoryMbytes",
  "maxItems",
  "maxTotalChargeUsd",
  "restartOnError",
  "actorStandby",
  "statusMessage",
  "isStatusMessageTerminal",
  "generalAccess",
  "eventName",
  "count",
  "url",
  "uniqueKey",
  "id",
  "method",
  "userData",
  "handledAt",
  "requests",
  "schema",
  "fields",
  "#hidden",
  "a.b",
  "__proto__",
  "constructor",
  "toJSON",
  "length",
] as const;

const scalars = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  256,
  1e21,
  Number.MAX_SAFE_INTEGER + 2,
  Number.MAX_VALUE,
  Number.MIN_VALUE,
  "FOLLOW_USER_SETTING",
  "2026-01-01T00:00:00.000Z",
] as const;

/** Any JSON value. */
export function jsonValue(choices: Choices, levels = 3): unknown {
  const { among, list, oneIn } = choices;
  if (levels === 0 || oneIn(3)) {
    return oneIn(2) ? among<unknown>(scalars) : hostileText(choices);
  }
  if (oneIn(3)) return list(5, () => jsonValue(choices, levels - 1));
  return jsonObject(choices, levels);
}

/** A JSON object, mostly with names that the API knows. */
export function jsonObject(choices: Choices, levels = 3): object {
  const names = choices.list(5, () =>
    choices.oneIn(8) ? hostileText(choices) : choices.among(fieldNames),
  );
  // Not an object literal, in which `__proto__` would be no field.
  return JSON.parse(
    `{${names
      .map((name) => `${JSON.stringify(name)}:${JSON.stringify(jsonValue(choices, levels - 1))}`)
      .join(",")}}`,
  ) as object;
}
