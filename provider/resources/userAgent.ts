/** The version in `package.json`, which is not read because a bundle does not contain it. A test keeps the two equal. */
const version = "0.1.0";

/** Apify stores it with each run, as `run.meta.userAgent`. */
export const userAgent = `pulumi-apify/${version}`;
