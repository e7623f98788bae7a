import { readFileSync } from "node:fs";
import { join } from "node:path";

const manifest = JSON.parse(readFileSync(join(__dirname, "../../package.json"), "utf8")) as {
  version: string;
};

/** Apify stores it with each run, as `run.meta.userAgent`. */
export const userAgent = `pulumi-apify/${manifest.version}`;
