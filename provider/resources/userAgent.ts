/** The version in `package.json`, repeated here because a bundle cannot read that file. A test keeps the two equal. */
export const version = "0.1.0";

/** The `User-Agent` of each request; Apify stores it with a run, as `run.meta.userAgent`. */
export const userAgent = `pulumi-apify/${version}`;
