import { benchCommands } from "./bench/commands";
import { benchHosts } from "./bench/hosts";
import { benchLocalApify } from "./bench/localApify";
import { benchWaits } from "./bench/waits";

async function bench(): Promise<void> {
  await benchWaits();
  await benchHosts();
  await benchLocalApify();
  await benchCommands();
}

bench().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
