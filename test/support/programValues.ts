import * as pulumi from "@pulumi/pulumi";
import * as fc from "fast-check";

/** A value as a program writes it, and the same with Outputs, promises and secrets around its parts. */
export interface ProgramValue {
  readonly plain: unknown;
  readonly wrapped: unknown;
}

/** What a program may put around a value. Pulumi's `output` and `secret` copy what they are given, and so `apply` hands it on. */
const wrappers = {
  nothing: (value: unknown): unknown => value,
  promise: (value: unknown): unknown => Promise.resolve(value),
  output: (value: unknown): unknown => pulumi.output(0).apply(() => value),
  secret: (value: unknown): unknown => pulumi.secret(0).apply(() => value),
  outputInPromise: (value: unknown): unknown =>
    Promise.resolve(pulumi.output(0).apply(() => value)),
  secretInOutput: (value: unknown): unknown =>
    pulumi.output(0).apply(() => pulumi.secret(0).apply(() => value)),
} as const;

const wrapper = fc.oneof(
  { arbitrary: fc.constant(wrappers.nothing), weight: 8 },
  { arbitrary: fc.constantFrom(...Object.values(wrappers)), weight: 1 },
);

class Point {
  #hidden = 1;
  constructor(
    readonly x: unknown,
    readonly y: unknown,
  ) {}
  get sum(): number {
    return this.#hidden;
  }
}

class Money {
  constructor(readonly cents: number) {}
  toJSON(key: string): unknown {
    return `${this.cents} under ${key}`;
  }
}

/** Keys of objects, the ones that have a meaning somewhere first. */
const key = fc.oneof(
  fc.constantFrom(
    ...["", " ", ".", "a.b", "[0]", "0", "-1", "ключ", "🔑", "\u0000", "\n", '"', "\\", "$ref"],
    ...["__defaults", "__provider", "__urn", "__", "_", "id", "urn", "value", "secret", "then"],
    ...["constructor", "prototype", "toString", "valueOf", "hasOwnProperty", "length", "toJSON"],
  ),
  fc.string({ unit: "grapheme", maxLength: 5 }),
  fc.string({ unit: "binary", maxLength: 5 }).filter((text) => !text.includes("__p")),
);

const leaf = fc.oneof(
  fc.constantFrom<unknown>(
    ...[null, undefined, true, false, 0, -0, 1e308, -1e308, 5e-324, 2 ** 53 + 2, 2 ** 63, 1e21],
    ...[
      "",
      "\u0000",
      "\ufffd",
      "\uffff",
      "\u2028",
      "é",
      "e\u0301",
      "<{%x%}>",
      "${x}",
      "😀",
      "null",
    ],
    ...[{}, [], [[]], [{}], new Date(0), new Date(8.64e15), new Date(-1)],
    ...[new URL("https://example.com/ä?b=c#d"), Buffer.from("bytes"), Buffer.alloc(0)],
    ...[new Number(-0), new String("boxed"), new Boolean(false)],
    ...[Object.create(null), Object.assign(Object.create({ inherited: 1 }), { own: 2 })],
    ...[[undefined, null, 1], new Array(3)],
    ...[{ [Symbol("unseen")]: 1, seen: 2 }, new Money(5), { toJSON: () => undefined }],
    ...["1b47061264138c4ac30d75fd1eb44270", "x".repeat(5_000), "\u001b[31m", "%s%d%n"],
  ),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.string({ unit: "grapheme", maxLength: 20 }),
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.date({ noInvalidDate: true }),
);

/** Values of every kind that `JSON.stringify` takes as they are meant. */
export const programValue: fc.Arbitrary<ProgramValue> = fc.letrec<{
  value: ProgramValue;
  container: ProgramValue;
}>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    fc.tuple(leaf, wrapper).map(wrapLeaf),
    tie("container"),
  ),
  container: fc.oneof(
    fc.tuple(fc.array(tie("value"), { maxLength: 4 }), wrapper).map(wrapArray),
    fc
      .tuple(
        fc.uniqueArray(fc.tuple(key, tie("value")), { selector: ([name]) => name, maxLength: 5 }),
        fc.constantFrom(Object.prototype, null),
        wrapper,
      )
      .map(wrapObject),
    fc.tuple(tie("value"), tie("value"), wrapper).map(wrapPoint),
    fc.tuple(tie("value"), wrapper).map(wrapGetter),
    fc.tuple(tie("value"), wrapper).map(wrapToJson),
  ),
})).value;

type Wrapper = (value: unknown) => unknown;

/** Puts a wrapper around a value. A secret without a value is refused, and tested elsewhere. */
function around(wrap: Wrapper, plain: unknown, wrapped: unknown): ProgramValue {
  const isNothing = (JSON.stringify(plain) as string | undefined) === undefined;
  return { plain, wrapped: isNothing ? wrapped : wrap(wrapped) };
}

function wrapLeaf([plain, wrap]: readonly [unknown, Wrapper]): ProgramValue {
  return around(wrap, plain, plain);
}

function wrapArray([values, wrap]: readonly [readonly ProgramValue[], Wrapper]): ProgramValue {
  return around(
    wrap,
    values.map(({ plain }) => plain),
    values.map(({ wrapped }) => wrapped),
  );
}

function wrapObject([members, prototype, wrap]: readonly [
  readonly (readonly [string, ProgramValue])[],
  object | null,
  Wrapper,
]): ProgramValue {
  const object = (side: keyof ProgramValue): unknown => {
    const made = Object.create(prototype) as Record<string, unknown>;
    for (const [name, value] of members) made[name] = value[side];
    return made;
  };
  return around(wrap, object("plain"), object("wrapped"));
}

function wrapPoint([x, y, wrap]: readonly [ProgramValue, ProgramValue, Wrapper]): ProgramValue {
  return around(wrap, new Point(x.plain, y.plain), new Point(x.wrapped, y.wrapped));
}

function wrapGetter([{ plain, wrapped }, wrap]: readonly [ProgramValue, Wrapper]): ProgramValue {
  const object = (value: unknown): unknown => ({
    get computed() {
      return value;
    },
  });
  return around(wrap, object(plain), object(wrapped));
}

function wrapToJson([{ plain, wrapped }, wrap]: readonly [ProgramValue, Wrapper]): ProgramValue {
  const object = (value: unknown): unknown => ({ toJSON: (name: string) => ({ name, value }) });
  return around(wrap, object(plain), object(wrapped));
}
