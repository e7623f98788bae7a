type Properties = Record<string, unknown>;

/**
 * Makes a value fit for Pulumi's gRPC interface. A single `undefined` would fail a create after the run has
 * finished, and so lose the run (https://github.com/pulumi/pulumi/issues/3012). Leaves out `undefined` and
 * functions, turns dates into ISO 8601, and turns numbers that JSON cannot represent into null.
 */
export function toWire(value: object): Properties {
  return JSON.parse(JSON.stringify(value)) as Properties;
}

/**
 * Like `toWire`, but never throws: the run was paid for, so its id must be recorded. A property that cannot
 * be stored is replaced by a text, so that it counts as damaged and not as changed.
 */
export function toStored(properties: Properties): Properties {
  try {
    return toWire(properties);
  } catch {
    return Object.assign({}, ...Object.entries(properties).map(storable)) as Properties;
  }
}

function storable([name, value]: [string, unknown]): Properties {
  try {
    return toWire({ [name]: value });
  } catch {
    return { [name]: "(could not be stored)" };
  }
}
