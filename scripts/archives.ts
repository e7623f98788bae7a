import { writeArchives } from "./release/archives";

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error("Usage: npm run archives -- FOLDER");
  process.exitCode = 1;
} else {
  writeArchives(folder).catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
}
