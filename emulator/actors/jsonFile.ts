import { readFileSync } from "node:fs";
import { isObject } from "../json";
import type { JsonObject } from "../json";

/** What a file holds, or why it cannot be used. */
export type JsonFile = { readonly value: JsonObject } | { readonly problem: string };

/** Reads a file that must hold a JSON object; undefined if there is no such file. */
export function readJsonFile(file: string): JsonFile | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(file, "utf8"));
    return isObject(value) ? { value } : { problem: `${file}: Write a JSON object.` };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    return { problem: `${file} cannot be read as JSON: ${message}` };
  }
}
