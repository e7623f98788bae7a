import { isSameJson } from "../../run/canonicalJson";
import type { TaskFields } from "../../apify/endpoints/tasks";
import type { Task } from "../../apify/schemas/task";
import type { Args } from "./argumentTable";

/** The arguments that are fields of the task. */
export type FieldArgs = Pick<
  Args,
  "name" | "title" | "description" | "input" | "options" | "actorStandby"
>;

/** Fields that are declared as a whole. */
const wholeFields = ["name", "title", "description", "input"] as const;

/** Fields of which a program may declare only some properties. Apify sets the others, and the console may change them. */
const partlyDeclaredFields = ["options", "actorStandby"] as const;

/** The names of the arguments that are fields of the task. */
export const fieldNames = [...wholeFields, ...partlyDeclaredFields] as const;

/**
 * The fields to send so that the task becomes what is declared. A field or property that is not declared stays
 * as it is, unless `before` declared it: then it is reset. Pure.
 */
export function changedFields(task: Task, args: FieldArgs, before: FieldArgs = {}): TaskFields {
  const fields: Record<string, unknown> = {};
  const wanted = declaredFields(task, args, before);
  for (const name of fieldNames) {
    const value = wanted[name];
    if (value !== undefined && !isSame(name, task[name], value)) fields[name] = value;
  }
  return fields;
}

/** The fields with which a task is created. An empty input is sent too: Apify prefills one that is missing. Pure. */
export function newFields(args: FieldArgs): TaskFields {
  return Object.fromEntries(
    fieldNames.filter((name) => args[name] !== undefined).map((name) => [name, args[name]]),
  );
}

/** The task as it will be after these arguments are applied; for its fingerprint. Pure. */
export function withDeclaredFields(task: Task, args: FieldArgs, before: FieldArgs = {}): Task {
  return { ...task, ...changedFields(task, args, before) };
}

/** What the task now has in the place of each declared field, in the form of the arguments. Pure. */
export function declaredPart(task: Task, declared: FieldArgs): FieldArgs {
  const part: Record<string, unknown> = {};
  for (const name of wholeFields) {
    if (declared[name] !== undefined) part[name] = task[name] ?? undefined;
  }
  for (const name of partlyDeclaredFields) {
    const properties = declared[name];
    if (properties === undefined) continue;
    part[name] = Object.fromEntries(
      Object.keys(properties).map((key) => [key, propertiesOf(task[name])[key] ?? undefined]),
    );
  }
  return part;
}

/** All fields of the task that have a value, in the form of the arguments. Pure. */
export function allFields(task: Task): FieldArgs {
  const { name, title, description, input } = task;
  const present = { name, title, description, input };
  return {
    ...Object.fromEntries(Object.entries(present).filter(([, value]) => value != null)),
    ...Object.fromEntries(
      partlyDeclaredFields
        .map((field) => [field, presentProperties(task[field])] as const)
        .filter(([, properties]) => Object.keys(properties).length > 0),
    ),
  };
}

/** The declared fields as a request sends them; null resets a field. */
function declaredFields(task: Task, args: FieldArgs, before: FieldArgs): TaskFields {
  const fields: Record<string, unknown> = {};
  for (const name of wholeFields) {
    // A name cannot be reset: every task has one.
    const isRemoved = name !== "name" && before[name] !== undefined;
    fields[name] = args[name] ?? (isRemoved ? null : undefined);
  }
  for (const name of partlyDeclaredFields) {
    const declared = propertiesOf(args[name]);
    const removed = Object.keys(propertiesOf(before[name])).filter((key) => !(key in declared));
    if (args[name] === undefined && removed.length === 0) continue;
    fields[name] = {
      ...propertiesOf(task[name]),
      ...Object.fromEntries(removed.map((key) => [key, null])),
      ...declared,
    };
  }
  return fields;
}

/** Whether Apify's value is the wanted one. To Apify, null, a missing value and an empty object are the same. */
function isSame(name: (typeof fieldNames)[number], actual: unknown, wanted: unknown): boolean {
  const isPartly = (partlyDeclaredFields as readonly string[]).includes(name);
  const [one, other] = [actual, wanted].map((value) =>
    isPartly ? presentProperties(value) : (value ?? (name === "input" ? {} : null)),
  );
  return isSameJson(one, other);
}

function presentProperties(value: unknown): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(propertiesOf(value)).filter(([, property]) => property != null),
  );
}

function propertiesOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
