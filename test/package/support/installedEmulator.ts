import { spawn } from "node:child_process";
import { once } from "node:events";

/** A local Apify that was started by its command. */
export interface InstalledEmulator {
  /** The environment variables that its greeting tells the user to export. */
  readonly exports: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

/** Runs `npx pulumi-apify emulator` in a project, at a free port, and reads its greeting. */
export async function startInstalledEmulator(
  folder: string,
  { environment, args = [] }: { environment: NodeJS.ProcessEnv; args?: readonly string[] },
): Promise<InstalledEmulator> {
  const child = spawn(
    "npx",
    ["--no-install", "pulumi-apify", "emulator", "--port", "0", ...args],
    // In a process group of its own, because npx does not pass signals on.
    { cwd: folder, env: environment, stdio: ["ignore", "pipe", "pipe"], detached: true },
  );
  const closed = once(child, "close");
  const greeting = await new Promise<string>((resolve, reject) => {
    let text = "";
    const read = (chunk: string): void => {
      text += chunk;
      if (text.includes("Ctrl+C ends it.")) resolve(text);
    };
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", read);
    void closed.then(() => {
      reject(new Error(`The emulator ended:\n${text}`));
    });
  });
  return {
    exports: Object.fromEntries(
      [...greeting.matchAll(/^ *export (\w+)=(.*)$/gm)].map(([, name = "", value]) => [
        name,
        value,
      ]),
    ) as Record<string, string>,
    close: async () => {
      if (child.pid !== undefined) process.kill(-child.pid, "SIGTERM");
      await closed;
    },
  };
}
