const answerMillis = 2000;

/** What to do when another program listens on a port: the error says who it is, if that can be told. */
export async function portInUse(port: number, args: readonly string[]): Promise<Error> {
  const url = `http://127.0.0.1:${port}`;
  const who = (await isLocalApify(url))
    ? `Port ${port} is in use: a local Apify runs there already. Use it at ${url}, or end it.`
    : `Port ${port} is in use by another program.`;
  const command = ["npx", "pulumi-apify", ...withFreePort(args)].map(quoted).join(" ");
  return new Error(`${who}\nTo start one at a free port: ${command}`);
}

/** Its pages name themselves. */
async function isLocalApify(url: string): Promise<boolean> {
  try {
    const headers = { Accept: "text/html" };
    const answer = await fetch(url, { headers, signal: AbortSignal.timeout(answerMillis) });
    return (await answer.text()).includes("Local Apify</title>");
  } catch {
    return false;
  }
}

/** The arguments as they were given, other than the port. */
function withFreePort(args: readonly string[]): string[] {
  const others = args.filter(
    (arg, index) => !/^--port(=|$)/.test(arg) && args[index - 1] !== "--port",
  );
  return [...others, "--port", "0"];
}

function quoted(arg: string): string {
  return /^[\w./:@=,+-]+$/.test(arg) ? arg : JSON.stringify(arg);
}
