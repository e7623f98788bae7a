import * as pulumi from "@pulumi/pulumi";
import { createContext, runInContext } from "node:vm";

/** As query builders are: it runs when it is awaited. */
class Query {
  readonly table = "prices";
  then(): void {
    throw new Error("it should not run");
  }
}

/** What a program may put into its arguments by mistake, and a piece of what it is told. */
export const refusedValues: Readonly<Record<string, readonly [() => unknown, string]>> = {
  function: [() => () => 1, "is a function"],
  class: [() => Query, "is a function"],
  symbol: [() => Symbol("s"), "is a symbol"],
  boxedSymbol: [() => Object(Symbol("s")) as unknown, "is a symbol"],
  bigInt: [() => 10n, "is a BigInt"],
  boxedBigInt: [() => Object(10n) as unknown, "is a BigInt"],
  notANumber: [() => NaN, "is NaN"],
  boxedNotANumber: [() => new Number("x"), "is NaN"],
  infinite: [() => Infinity, "is Infinity"],
  negativeInfinite: [() => -Infinity, "is -Infinity"],
  map: [() => new Map([["a", 1]]), "Object.fromEntries"],
  foreignMap: [() => runInContext("new Map()", createContext()) as unknown, "Object.fromEntries"],
  set: [() => new Set([1]), "Array.from"],
  weakMap: [() => new WeakMap(), "class (WeakMap)"],
  weakSet: [() => new WeakSet(), "class (WeakSet)"],
  weakRef: [() => new WeakRef({}), "class (WeakRef)"],
  searchParams: [() => new URLSearchParams("a=1"), "class (URLSearchParams)"],
  headers: [() => new Headers({ a: "1" }), "class (Headers)"],
  iterator: [() => new Map().entries(), "that JSON turns into {}"],
  generator: [
    () =>
      (function* () {
        yield 1;
      })(),
    "that JSON turns into {}",
  ],
  privateState: [
    () =>
      new (class Hidden {
        #value = 1;
        get value(): number {
          return this.#value;
        }
      })(),
    "class (Hidden)",
  ],
  regExp: [() => /x/g, "is a regular expression"],
  error: [() => Object.assign(new Error("x"), { code: 1 }), "is an Error"],
  arrayBuffer: [() => new ArrayBuffer(2), "binary data (ArrayBuffer)"],
  typedArray: [() => new Uint8Array(2), "binary data (Uint8Array)"],
  dataView: [() => new DataView(new ArrayBuffer(2)), "binary data (DataView)"],
  invalidDate: [() => new Date(NaN), "is an invalid date"],
  stringAsset: [() => new pulumi.asset.StringAsset("x"), "is a Pulumi asset or archive"],
  fileAsset: [() => new pulumi.asset.FileAsset("x.txt"), "is a Pulumi asset or archive"],
  archive: [() => new pulumi.asset.AssetArchive({}), "is a Pulumi asset or archive"],
  halfCharacter: [() => "😀".slice(0, 1), "contains half a character"],
  otherHalf: [() => `x${"😀".slice(1)}`, "contains half a character"],
  unknownText: [() => "04da6b54-80e4-46f7-96ec-b56ff0331ba9", "mark an unknown value"],
  unknownNumberText: [() => "3eeb2bf0-c639-47a8-9e75-3b44932eb421", "mark an unknown value"],
  throwingToJson: [
    () => ({
      toJSON: () => {
        throw new Error("no JSON");
      },
    }),
    "cannot be read: no JSON",
  ],
  unspeakable: [
    () => ({
      toJSON: () => {
        throw Object.create(null) as Error;
      },
    }),
    "cannot be read",
  ],
  toJsonOfFunction: [() => ({ toJSON: () => () => 1 }), "is a function"],
};

/** Objects with a member that is refused, by the path of the member from the object. */
export const refusedMembers: Readonly<Record<string, readonly [() => object, string]>> = {
  ".__proto__": [() => JSON.parse('{"__proto__": 1}') as object, "cannot be sent to Apify"],
  ".4dabf18193072939515e22adb298388d": [
    () => ({ "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value: 1 }),
    "Pulumi reserves",
  ],
  '["\\ud83d"]': [() => ({ ["😀".slice(0, 1)]: 1 }), "half a character"],
  ".itself.itself": [
    () => {
      const object: Record<string, unknown> = {};
      return Object.assign(object, { itself: { itself: object } });
    },
    "JSON has no cycles",
  ],
  ".list[1][0]": [
    () => {
      const list: unknown[] = [1];
      list.push([list]);
      return { list };
    },
    "JSON has no cycles",
  ],
  ".secretNothing": [
    () => ({ secretNothing: pulumi.secret(undefined) }),
    "is a secret without a value",
  ],
};

/** As {@link refusedMembers}, but Pulumi's own Outputs fail when they hold such an object, which then is never seen. */
export const refusedOutsideOutputs: Readonly<Record<string, readonly [() => object, string]>> = {
  ".getter": [
    () => ({
      get getter() {
        throw new Error("no value");
      },
    }),
    "cannot be read: no value",
  ],
  ".__pulumiOutput": [() => ({ __pulumiOutput: true }), "Pulumi reserves"],
  ".__pulumiUnknown": [() => ({ __pulumiUnknown: true }), "Pulumi reserves"],
  ".query": [() => ({ query: new Query() }), "but is not a promise"],
  ".query.then": [() => ({ query: { then: () => 1 } }), "is a function"],
  ".revokedProxy": [
    () => {
      const { proxy, revoke } = Proxy.revocable({}, {});
      revoke();
      return { revokedProxy: proxy };
    },
    "cannot be read",
  ],
  ".throwingProxy": [
    () => ({
      throwingProxy: new Proxy(
        {},
        {
          ownKeys: () => {
            throw new Error("no keys");
          },
        },
      ),
    }),
    "cannot be read: no keys",
  ],
};
