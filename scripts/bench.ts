import { benchCommands } from "./bench/commands";
import { benchLocalApify } from "./bench/localApify";

async function bench(): Promise<void> {
  await benchLocalApify();
  await benchCommands();
}

bench().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
