import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** How a command of the Apify CLI ended. */
export interface CliResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The Apify CLI with a home folder of its own. */
export interface CliSession {
  /** Runs a command such as `runs info ID`. */
  readonly run: (...args: readonly string[]) => Promise<CliResult>;
  /** Removes the home folder, and the login with it. */
  readonly remove: () => void;
}

const cli = resolve(__dirname, "../../node_modules/apify-cli/dist/apify.js");

/** Starts a session, with an emulator instead of Apify. It is not logged in. */
export function startCliSession({ url }: { readonly url: string }): CliSession {
  const home = mkdtempSync(join(tmpdir(), "apify-cli-"));
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    USERPROFILE: home,
    APIFY_CLIENT_BASE_URL: url,
    APIFY_CLI_DISABLE_TELEMETRY: "1",
    APIFY_CLI_SKIP_UPDATE_CHECK: "1",
    // The token must not go where other programs of this user could find it.
    APIFY_DISABLE_KEYRING: "1",
    FORCE_COLOR: "0",
  };
  return {
    run: (...args) =>
      new Promise((done) => {
        const options = { env, cwd: home, timeout: 60_000 };
        const child = execFile(
          process.execPath,
          [cli, ...args],
          options,
          (error, stdout, stderr) => {
            const exitCode = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
            done({ exitCode, stdout, stderr });
          },
        );
        // The CLI asks its questions while it has an input.
        child.stdin?.end();
      }),
    remove: () => {
      rmSync(home, { recursive: true });
    },
  };
}
