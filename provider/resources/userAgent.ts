/** The version in `package.json`; no file is read for it, since a bundle has none beside it. A test keeps the two equal. */
const version = "0.1.0";

/** Apify stores it with each run, as `run.meta.userAgent`. */
export const userAgent = `pulumi-apify/${version}`;
