import { serve } from "./server";

/** The plugin's process: Pulumi reads the port from the first line of the output. */
serve({ host: process }).then(
  ({ port }) => {
    process.stdout.write(`${port}\n`);
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
