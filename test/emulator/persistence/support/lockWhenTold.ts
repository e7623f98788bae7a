import { lockFolder } from "../../../../emulator/persistence/folderLock";

/** Says when it is ready, locks the folder when its input says so, and keeps the lock until it is killed. */
const [, , folder = ""] = process.argv;
process.stdin.once("data", () => {
  try {
    lockFolder(folder);
    console.log("locked");
  } catch (error) {
    console.log((error as Error).message);
  }
});
console.log("ready");
