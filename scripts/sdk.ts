import { resolve } from "node:path";
import { generateSdk, sdkLanguages } from "./sdk/generate";
import { makeWheel } from "./sdk/wheel";
import type { SdkLanguage } from "./sdk/generate";

/** Makes the package of a language from the schema of the native plugin: for Python a wheel, else its sources. */
async function sdk(language = "", folder?: string): Promise<void> {
  if (!isSdkLanguage(language) || folder === undefined) {
    throw new Error(`Usage: npm run sdk -- ${sdkLanguages.join("|")} FOLDER`);
  }
  // `npm run` starts scripts in this repository.
  const target = resolve(process.env.INIT_CWD ?? "", folder);
  if (language === "python") {
    console.log(await makeWheel(target));
    return;
  }
  await generateSdk(language, target);
  console.log(target);
}

function isSdkLanguage(language: string): language is SdkLanguage {
  return (sdkLanguages as readonly string[]).includes(language);
}

sdk(...process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
