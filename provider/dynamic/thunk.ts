/** The modules of this package that stored thunks require. They stay for ever. */
export type ThunkModule = "pulumi-apify/dynamic-provider" | "pulumi-apify/dynamic-task-provider";

/**
 * The provider as Pulumi stores it: the text that Pulumi's serializer makes of an object with the one method `configure`.
 * It goes into the state, twice for each resource, and an old text must work with every later version of this package. So it
 * captures nothing and does one thing: the host calls `configure` before any other method, and `configure` gets the other
 * methods from the installed package. Tests lock the text, and compare it with the serializer's.
 *
 * It is text here because the serializer loads the TypeScript compiler, which makes each command slower by half a second,
 * and because a bundler cannot rewrite a text.
 */
export function thunk(module: ThunkModule): string {
  return `exports.handler = __f0;

var __provider = {configure: __f1};

function __f1(__0) {
  return (function() {
    with({ this: undefined, arguments: undefined }) {

return function /*configure*/(request) {
        require("${module}").install(this, request);
    };

    }
  }).apply(undefined, undefined).apply(this, arguments);
}

function __f0() {
  return (function() {
    with({ provider: __provider, this: undefined, arguments: undefined }) {

return () => provider;

    }
  }).apply(undefined, undefined).apply(this, arguments);
}
`;
}
